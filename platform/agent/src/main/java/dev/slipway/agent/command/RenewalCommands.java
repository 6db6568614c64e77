package dev.slipway.agent.command;

import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.identity.PlatformApi;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.CleanEnvironment;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.Subprocess;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Renews the agent's credentials by a run of the platform's installer, whose address is the
 * credential. From its registration on the old secret is void, so the platform may know of the end
 * before it hears of it.
 */
public final class RenewalCommands {
  private static final Duration LIMIT = Duration.ofSeconds(300);
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{40,}");
  private static final List<Path> SHELLS = List.of(Path.of("/bin/bash"), Path.of("/bin/sh"));

  private final AgentConfig config;
  private final PlatformApi api;
  private final Runnable restart;

  /**
   * @param restart ends the agent after its answer has left, so that it starts with the new secret
   */
  public RenewalCommands(AgentConfig config, PlatformApi api, Runnable restart) {
    this.config = config;
    this.api = api;
    this.restart = restart;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_REENROLL, this::renew);
  }

  private Reply renew(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var address = address(payload.required("install_url"));
    var environmentFile = config.installation().environmentFile();
    if (environmentFile == null) {
      throw new CommandFailure("new credentials have no place: set PERMANU_AGENT_ENV_FILE");
    }
    var script = config.data().resolve("reenroll.sh");
    AtomicFile.write(script, api.script(address).getBytes(StandardCharsets.UTF_8));
    try {
      var output = run(script, environmentFile, progress);
      restart.run();
      return Reply.completed(output);
    } finally {
      Files.deleteIfExists(script);
    }
  }

  /** Whoever can change what the address delivers runs commands here, so the way must be safe. */
  private URI address(String text) throws CommandFailure {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid payload: install_url is not a URL");
    }
    var host = url.getHost();
    if (host == null
        || !("https".equals(url.getScheme())
            || "http".equals(url.getScheme()) && isLoopback(host))) {
      throw new CommandFailure("invalid payload: install_url is neither https nor on loopback");
    }
    var separator = url.getRawQuery() == null ? "?" : "&";
    return URI.create(text + separator + "previous_server_id=" + config.controlPlane().serverId());
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private String run(Path script, Path environmentFile, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PERMANU_FORCE_REENROLL", "1");
    variables.put("PERMANU_AGENT_ENV_FILE", environmentFile.toString());
    variables.put("SLIPWAY_AGENT_DATA", config.data().toString());
    variables.put("SLIPWAY_MACHINE_ID", config.installation().machineId());
    var shell = SHELLS.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    var installer =
        new Subprocess(
            List.of(shell.toString(), script.toString()),
            CleanEnvironment.of(config.data(), variables),
            config.data(),
            LIMIT);
    var said = new StringBuilder();
    try {
      int code =
          installer.run(
              line -> {
                var clean = TOKEN.matcher(line).replaceAll("[REDACTED]");
                said.append(clean).append('\n');
                progress.line(clean);
              });
      if (code != 0) {
        throw new CommandFailure("the installer failed (exit " + code + ")\n" + said);
      }
      return said.toString();
    } catch (TimeoutException e) {
      throw new CommandFailure("the installer took longer than 300 s");
    }
  }
}
