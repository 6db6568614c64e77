package dev.slipway.fleet.local;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.EventListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the reference agent as server {@code local} of the root tenant, when the setting {@code
 * slipway.agent} is {@code process} or {@code docker}. It ends with the platform, not with an
 * update of this bundle.
 */
@Component(service = EventListener.class, immediate = true)
public final class LocalAgent implements EventListener {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAgent.class);
  private static final Set<String> RUNTIMES = Set.of("process", "docker");
  private static final String DEFAULT_EDGE = "127.0.0.1:8000";
  private static final String DELETED = "fleet.server.deleted";

  private final Platform platform;
  private final LocalServer server;
  private final AgentFile file;
  private final Path folder;
  private final @Nullable Supervisor supervisor;
  private final BooleanSupplier platformStops;
  private volatile boolean removed;

  @Activate
  public LocalAgent(
      BundleContext context, @Reference Platform platform, @Reference LocalServer server) {
    this(
        platform,
        server,
        List.of(platform.home().resolve("bin").resolve("slipway").toString(), "agent"),
        () -> context.getBundle(0).getState() == Bundle.STOPPING);
  }

  LocalAgent(
      Platform platform, LocalServer server, List<String> command, BooleanSupplier platformStops) {
    this.platform = platform;
    this.server = server;
    this.platformStops = platformStops;
    folder = platform.data().resolve("agent").toAbsolutePath();
    file = new AgentFile(folder.resolve("agent.env"));
    var log = platform.data().resolve("logs").resolve("agent.log").toAbsolutePath();
    var wanted =
        RUNTIMES.contains(runtime()) && !"true".equals(platform.setting("slipway.training"));
    supervisor =
        wanted ? new Supervisor(new AgentProcess(command, folder, log), this::prepare) : null;
  }

  @Deactivate
  void close() throws IOException {
    if (supervisor != null) {
      supervisor.stop(platformStops.getAsBoolean());
    }
  }

  @Override
  public String name() {
    return "fleet.local-agent";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(LocalServer.TENANT_CREATED, DELETED);
  }

  @Override
  public void on(StoredEvent event) throws IOException {
    if (event.type().equals(LocalServer.TENANT_CREATED)) {
      if (server.note(event) && supervisor != null) {
        supervisor.wake();
      }
    } else if (supervisor != null && server.is(event.subjectId())) {
      LOG.info("server local was deleted: its agent ends until the platform starts again");
      removed = true;
      supervisor.stop(true);
      file.delete();
    }
  }

  private String runtime() {
    return Objects.requireNonNullElse(platform.setting("slipway.agent"), "off");
  }

  /** Writes the environment file; empty while there is no root tenant yet. */
  private Optional<Supervisor.Environment> prepare() throws IOException {
    var root = server.root();
    if (root.isEmpty() || removed) {
      return Optional.empty();
    }
    Files.createDirectories(folder);
    var before = file.read();
    var credentials =
        server.credentials(root.get(), before.get("SERVER_ID"), before.get("AGENT_SECRET"));
    var values = new LinkedHashMap<String, String>();
    values.put("SERVER_ID", credentials.serverId());
    values.put("AGENT_SECRET", credentials.secret());
    connection(values);
    values.put("SLIPWAY_MACHINE_ID", server.machineId());
    values.put("SLIPWAY_AGENT_RUNTIME", runtime());
    values.put("SLIPWAY_AGENT_DATA", folder.resolve("data").toString());
    values.put(
        "SLIPWAY_AGENT_EDGE",
        Objects.requireNonNullElse(platform.setting("slipway.agent.edge"), DEFAULT_EDGE));
    values.put("PERMANU_AGENT_ENV_FILE", file.path().toString());
    var changed = !values.equals(before);
    if (changed) {
      file.write(values);
    }
    return Optional.of(new Supervisor.Environment(values, changed));
  }

  private void connection(Map<String, String> values) {
    var beside = platform.setting("slipway.grpc.plaintext.address");
    var authority = platform.setting("slipway.grpc.tls.ca");
    if (platform.setting("slipway.grpc.tls.cert") == null || beside != null) {
      values.put("BACKEND_GRPC_ADDR", reachable(beside == null ? platform.grpcAddress() : beside));
      values.put("AGENT_INSECURE", "true");
      return;
    }
    values.put("BACKEND_GRPC_ADDR", reachable(platform.grpcAddress()));
    if (authority != null) {
      values.put("AGENT_CA_FILE", Path.of(authority).toAbsolutePath().toString());
    }
  }

  /** A listener on all addresses is dialled on loopback. */
  private static String reachable(String address) {
    var colon = address.lastIndexOf(':');
    try {
      return InetAddress.getByName(address.substring(0, colon)).isAnyLocalAddress()
          ? "127.0.0.1" + address.substring(colon)
          : address;
    } catch (UnknownHostException unknown) {
      return address;
    }
  }
}
