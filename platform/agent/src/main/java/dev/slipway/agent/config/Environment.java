package dev.slipway.agent.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link AgentConfig} from environment variables and says plainly what is wrong with them.
 */
public final class Environment {
  private static final Pattern SERVER_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern PUBLIC_HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final long MEBIBYTE = 1 << 20;

  private final Map<String, String> values;

  public Environment(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  public AgentConfig read() {
    return new AgentConfig(
        controlPlane(),
        edge(),
        identity(),
        runtime(),
        Path.of(text("SLIPWAY_AGENT_DATA", "/var/lib/slipway-agent")).toAbsolutePath().normalize(),
        installation(),
        options());
  }

  private AgentConfig.ControlPlane controlPlane() {
    var address = hostAndPort("BACKEND_GRPC_ADDR", required("BACKEND_GRPC_ADDR"));
    var serverId = required("SERVER_ID");
    if (!SERVER_ID.matcher(serverId).matches()) {
      throw new ConfigurationFault("SERVER_ID: letters, digits, dot, dash and underscore only");
    }
    var secretFile = path("AGENT_SECRET_FILE");
    return new AgentConfig.ControlPlane(
        address.getHostString(),
        address.getPort(),
        serverId,
        secret(secretFile),
        secretFile,
        flag("AGENT_INSECURE"),
        path("AGENT_CA_FILE"));
  }

  private Secret secret(@Nullable Path file) {
    try {
      return new Secret(file == null ? required("AGENT_SECRET") : Files.readString(file).strip());
    } catch (IOException e) {
      throw new ConfigurationFault("AGENT_SECRET_FILE cannot be read: " + file);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault("AGENT_SECRET: " + e.getMessage());
    }
  }

  private AgentConfig.Edge edge() {
    var listen = hostAndPort("SLIPWAY_AGENT_EDGE", text("SLIPWAY_AGENT_EDGE", "127.0.0.1:8000"));
    var publicHost = text("SLIPWAY_AGENT_PUBLIC_HOST", "localhost");
    if (!PUBLIC_HOST.matcher(publicHost).matches()) {
      throw new ConfigurationFault("SLIPWAY_AGENT_PUBLIC_HOST is not a lower-case host name");
    }
    return new AgentConfig.Edge(
        listen, publicHost, (int) number("SLIPWAY_AGENT_EDGE_CONNECTIONS", 512, 1, 20_000));
  }

  private AgentConfig.Identity identity() {
    return new AgentConfig.Identity(
        text("AGENT_VERSION", "slipway-agent/" + AgentVersion.ofBuild()),
        text("PERMANU_AGENT_PUBLIC_IPV4", ""),
        text("PERMANU_AGENT_PUBLIC_IPV6", ""));
  }

  private AgentConfig.RuntimeKind runtime() {
    return switch (text("SLIPWAY_AGENT_RUNTIME", "docker")) {
      case "process" -> AgentConfig.RuntimeKind.PROCESS;
      case "docker" -> AgentConfig.RuntimeKind.DOCKER;
      default -> throw new ConfigurationFault("SLIPWAY_AGENT_RUNTIME is process or docker");
    };
  }

  private AgentConfig.Installation installation() {
    return new AgentConfig.Installation(
        path("PERMANU_AGENT_ENV_FILE"),
        path("SLIPWAY_AGENT_PROGRAM"),
        text("SLIPWAY_AGENT_UPDATE_KEY", ""),
        text("SLIPWAY_MACHINE_ID", ""));
  }

  private AgentConfig.Options options() {
    return new AgentConfig.Options(
        Duration.ofSeconds(number("AGENT_HEARTBEAT_SECONDS", 30, 1, 3600)),
        dockerHost(),
        flag("SLIPWAY_AGENT_KEEP_APPS"),
        flag("SLIPWAY_AGENT_ALLOW_FILE_URLS"),
        number("PERMANU_AGENT_LOG_SPOOL_MAX_BYTES", 64 * MEBIBYTE, MEBIBYTE, 4096 * MEBIBYTE));
  }

  private URI dockerHost() {
    try {
      return URI.create(text("DOCKER_HOST", "unix:///var/run/docker.sock"));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault("DOCKER_HOST is not a URL such as unix:///var/run/docker.sock");
    }
  }

  private String text(String name, String fallback) {
    var value = values.getOrDefault(name, "").strip();
    return value.isEmpty() ? fallback : value;
  }

  private String required(String name) {
    var value = text(name, "");
    if (value.isEmpty()) {
      throw new ConfigurationFault(name + " is not set");
    }
    return value;
  }

  private boolean flag(String name) {
    return switch (text(name, "false").toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw new ConfigurationFault(name + " is true or false");
    };
  }

  private @Nullable Path path(String name) {
    var value = text(name, "");
    return value.isEmpty() ? null : Path.of(value).toAbsolutePath().normalize();
  }

  private long number(String name, long fallback, long least, long most) {
    try {
      var value = Long.parseLong(text(name, Long.toString(fallback)));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new ConfigurationFault(name + " is not a number");
    }
    throw new ConfigurationFault(name + " is not within " + least + " and " + most);
  }

  private static InetSocketAddress hostAndPort(String name, String value) {
    int colon = value.lastIndexOf(':');
    try {
      var host = value.substring(0, Math.max(colon, 0));
      int port = Integer.parseInt(value.substring(colon + 1));
      if (!host.isEmpty() && !host.contains("/") && port >= 0 && port <= 65_535) {
        return InetSocketAddress.createUnresolved(host, port);
      }
    } catch (NumberFormatException e) {
      throw new ConfigurationFault(name + " is not HOST:PORT");
    }
    throw new ConfigurationFault(name + " is not HOST:PORT");
  }
}
