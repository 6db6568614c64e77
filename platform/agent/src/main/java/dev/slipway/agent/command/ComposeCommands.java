package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.ComposeBuild;
import dev.slipway.agent.runtime.ComposeOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ComposeProjects;
import dev.slipway.agent.source.CloneFolders;
import dev.slipway.agent.source.ComposeSource;
import dev.slipway.compose.ComposeFault;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Apps that a Compose file in their source describes. The contract's form of {@code COMPOSE_UP},
 * with the file in the payload, is not taken: such a file can build nothing. Ours either reads the
 * file of a clone and makes the images ({@code build_only}), or starts a version that was built so,
 * all of it or only the services that answer no requests ({@code services_only}).
 */
public final class ComposeCommands {
  private final CloneFolders clones;
  private final ComposeProjects projects;

  public ComposeCommands(CloneFolders clones, ComposeProjects projects) {
    this.clones = clones;
    this.projects = projects;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_COMPOSE_UP, this::up,
        CommandType.COMMAND_TYPE_COMPOSE_DOWN, this::down,
        CommandType.COMMAND_TYPE_COMPOSE_RESTART, this::restart,
        CommandType.COMMAND_TYPE_COMPOSE_LOGS, this::logs);
  }

  private Reply up(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    if (payload.flag("build_only")) {
      return tried(() -> Json.reply(projects.build(build(payload), progress)));
    }
    var order = order(payload);
    boolean settle = payload.flag("services_only");
    return tried(
        () -> {
          var others = settle ? projects.settle(order, progress) : projects.up(order, progress);
          return Json.reply(Map.of("containers", others));
        });
  }

  private ComposeBuild build(Payload payload) throws CommandFailure, ComposeFault, IOException {
    return new ComposeBuild(
        ComposeSource.find(
            SourceCommands.cloneFolder(clones, payload),
            payload.text("compose_dir", ""),
            payload.text("compose_file", "")),
        Names.image(payload, "image_tag"),
        Names.slug(payload, "app_slug"),
        payload.port("port", 3000),
        variables(payload),
        payload.environment("build_env_vars"),
        payload.flag("no_cache"),
        DeployPayload.logins(payload));
  }

  private static ComposeOrder order(Payload payload) throws CommandFailure {
    return new ComposeOrder(
        payload.instanceName("project_name"),
        Names.slug(payload, "app_slug"),
        payload.instanceName("container_name"),
        Names.image(payload, "image_tag"),
        payload.port("port", 3000),
        variables(payload),
        Map.copyOf(payload.textMap("labels")),
        DeployPayload.limits(payload));
  }

  /** Where the app listens is settled between it and the control plane, not by its users. */
  private static Map<String, String> variables(Payload payload) throws CommandFailure {
    var variables = new LinkedHashMap<>(payload.environment("env_vars"));
    variables.put("PORT", Integer.toString(payload.port("port", 3000)));
    return variables;
  }

  private Reply down(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var project = payload.instanceName("project_name");
    boolean stopOnly = payload.flag("stop_only");
    boolean volumes = payload.flag("remove_volumes");
    return tried(
        () -> {
          if (stopOnly) {
            projects.stop(project);
          } else {
            projects.down(project, volumes);
          }
          return Reply.completed("service stopped: " + project);
        });
  }

  private Reply restart(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var project = payload.instanceName("project_name");
    return tried(
        () -> {
          projects.restart(project);
          return Reply.completed("service restarted: " + project);
        });
  }

  private Reply logs(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var project = payload.instanceName("project_name");
    int tail = LogOrder.tail(payload);
    boolean follow = payload.flag("follow");
    return tried(
        () -> {
          projects.logs(project, tail, follow, progress);
          return Reply.completed(LogOrder.END);
        });
  }

  private interface Work {
    Reply run()
        throws CommandFailure, ComposeFault, RuntimeRefusal, IOException, InterruptedException;
  }

  private static Reply tried(Work work) throws CommandFailure, IOException, InterruptedException {
    try {
      return work.run();
    } catch (ComposeFault | RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
