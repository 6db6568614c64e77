package dev.slipway.agent.command;

import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.RegistryLogin;
import dev.slipway.agent.runtime.ReleaseOrder;
import dev.slipway.agent.runtime.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the payload of a deployment, and of a release hook. */
final class DeployPayload {
  private static final String NETWORK = "deploy-net";
  private static final long LEAST_MEMORY = 16;
  private static final long MOST_MEMORY = 4 << 20;
  private static final double MOST_CORES = 1024;

  private DeployPayload() {}

  static DeployOrder order(Payload payload) throws CommandFailure {
    if (!payload.text("cron_schedule", "").isEmpty()) {
      throw new CommandFailure("cron_schedule is not supported by this agent");
    }
    return new DeployOrder(
        payload.instanceName("container_name"),
        Names.image(payload, "image_tag"),
        command(payload),
        payload.port("port", 3000),
        payload.environment("env_vars"),
        limits(payload),
        RestartPolicy.named(payload.text("restart_policy", "")),
        placement(payload, NETWORK));
  }

  /** A release hook, which has no network unless one is named. */
  static ReleaseOrder release(Payload payload, Duration limit) throws CommandFailure {
    var commands = new ArrayList<List<String>>();
    for (var command : payload.texts("commands")) {
      commands.add(CommandWords.split(command));
    }
    if (commands.isEmpty()) {
      throw new CommandFailure("invalid payload: commands is required");
    }
    return new ReleaseOrder(
        Names.image(payload, "image_tag"),
        List.copyOf(commands),
        payload.environment("env_vars"),
        limit,
        limits(payload),
        placement(payload, ReleaseOrder.NO_NETWORK));
  }

  private static String command(Payload payload) throws CommandFailure {
    var command = payload.text("override_cmd", "");
    if (command.indexOf('\0') >= 0) {
      throw new CommandFailure("invalid payload: override_cmd has a NUL");
    }
    return command;
  }

  static DeployOrder.Limits limits(Payload payload) throws CommandFailure {
    var memory = payload.integer("memory_mb", 512);
    var cores = payload.number("cpu_cores", 1.0);
    // 0 is what a sender without the setting writes.
    var chosen = new DeployOrder.Limits(memory == 0 ? 512 : memory, cores == 0 ? 1.0 : cores);
    if (chosen.memoryMebibytes() < LEAST_MEMORY
        || chosen.memoryMebibytes() > MOST_MEMORY
        || !(chosen.cpuCores() > 0 && chosen.cpuCores() <= MOST_CORES)) {
      throw new CommandFailure("invalid payload: memory_mb or cpu_cores is out of bounds");
    }
    return chosen;
  }

  /** The contract has no such member; our control plane sends what it has for private images. */
  static List<RegistryLogin> logins(Payload payload) throws CommandFailure {
    var logins = new ArrayList<RegistryLogin>();
    for (var login : payload.objects("registry_logins")) {
      logins.add(
          new RegistryLogin(
              login.required("host"), login.required("username"), login.required("password")));
    }
    return List.copyOf(logins);
  }

  /**
   * @param usual the network where none is named
   */
  private static DeployOrder.Placement placement(Payload payload, String usual)
      throws CommandFailure {
    var network = payload.text("network", "");
    var volumes = new ArrayList<DeployOrder.Volume>();
    for (var volume : payload.objects("volumes")) {
      volumes.add(
          new DeployOrder.Volume(
              volume.required("host_path"),
              volume.required("container_path"),
              volume.flag("read_only"),
              Names.optionalVariable(volume, "variable")));
    }
    var files = new ArrayList<DeployOrder.SecretFile>();
    for (var file : payload.objects("secret_files")) {
      files.add(
          new DeployOrder.SecretFile(
              file.required("mount_path"),
              file.text("content", ""),
              (int) file.integer("mode", 0400) & 0777));
    }
    return new DeployOrder.Placement(
        network.isEmpty() ? usual : network,
        payload.flag("skip_pull"),
        Map.copyOf(payload.textMap("labels")),
        List.copyOf(volumes),
        List.copyOf(files),
        payload.text("process_name", ""),
        (int) payload.integer("replica_index", 0),
        logins(payload));
  }
}
