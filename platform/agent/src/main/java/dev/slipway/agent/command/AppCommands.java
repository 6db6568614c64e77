package dev.slipway.agent.command;

import dev.slipway.agent.edge.Edge;
import dev.slipway.agent.edge.Routes;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.source.CloneFolders;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The life of an instance: deploy, look, start, stop, roll back, remove, read its log, run beside
 * it.
 */
public final class AppCommands {
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(10);
  private static final int LAST_LINES = 10;
  private static final int MAX_GRACE_SECONDS = 120;

  private final CloneFolders clones;
  private final AppRuntime runtime;
  private final Edge edge;
  private final Routes routes;
  private final AppHealth health;

  public AppCommands(CloneFolders clones, AppRuntime runtime, Edge edge, Routes routes) {
    this.clones = clones;
    this.runtime = runtime;
    this.edge = edge;
    this.routes = routes;
    this.health = new AppHealth(runtime);
  }

  public Map<CommandType, CommandHandler> handlers() {
    var handlers = new EnumMap<CommandType, CommandHandler>(CommandType.class);
    handlers.put(CommandType.COMMAND_TYPE_APP_DEPLOY, this::deploy);
    handlers.put(CommandType.COMMAND_TYPE_APP_STOP, this::remove);
    handlers.put(CommandType.COMMAND_TYPE_APP_ROLLBACK, this::rollBack);
    handlers.put(CommandType.COMMAND_TYPE_APP_CLEANUP, this::cleanUp);
    handlers.put(CommandType.COMMAND_TYPE_APP_LOGS, this::logs);
    handlers.put(CommandType.COMMAND_TYPE_SERVICE_LOGS, this::logs);
    handlers.put(CommandType.COMMAND_TYPE_SERVICE_START, this::start);
    handlers.put(CommandType.COMMAND_TYPE_SERVICE_STOP, this::stop);
    handlers.put(CommandType.COMMAND_TYPE_SERVICE_RESTART, this::restart);
    handlers.put(CommandType.COMMAND_TYPE_SERVICE_DESTROY, this::destroy);
    handlers.put(CommandType.COMMAND_TYPE_WAIT_FOR_HEALTHY, this::look);
    handlers.put(CommandType.COMMAND_TYPE_EXEC, this::execute);
    return handlers;
  }

  private Reply deploy(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    if (payload.flag("health_check_only")) {
      return health.await(payload);
    }
    try {
      return Reply.completed(runtime.deploy(DeployPayload.order(payload), progress));
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private Reply remove(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    return tried(
        () -> {
          letRequestsFinish(name);
          runtime.remove(name);
          return "stopped";
        });
  }

  private Reply destroy(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    boolean volumes = payload.flag("remove_volumes");
    return tried(
        () -> {
          runtime.destroy(name, volumes);
          return "destroyed";
        });
  }

  private Reply stop(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    return tried(
        () -> {
          letRequestsFinish(name);
          runtime.stop(name, AppRuntime.STOP_GRACE);
          return "stopped";
        });
  }

  /** An instance that no route leads to any more gets time to answer what it still has. */
  private void letRequestsFinish(String name) throws InterruptedException {
    if (routes.all().stream().noneMatch(route -> route.leadsTo(name))) {
      edge.awaitIdle(name, LAST_REQUESTS);
    }
  }

  private Reply start(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    return tried(
        () -> {
          runtime.start(name);
          return "started";
        });
  }

  private Reply rollBack(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    return tried(() -> runtime.start(name));
  }

  private Reply restart(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    var grace = grace(payload);
    return tried(
        () -> {
          runtime.stop(name, grace);
          runtime.start(name);
          return "restarted";
        });
  }

  /** The contract has no such member; our control plane says how long the restart may take. */
  private static Duration grace(Payload payload) throws CommandFailure {
    var most = AppRuntime.STOP_GRACE.toSeconds();
    var asked = payload.integer("timeout_seconds", most);
    if (asked < 1 || asked > MAX_GRACE_SECONDS) {
      throw new CommandFailure("invalid payload: timeout_seconds is not 1.." + MAX_GRACE_SECONDS);
    }
    return Duration.ofSeconds(asked);
  }

  private Reply cleanUp(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var slug = Names.slug(payload, "app_slug");
    var keepImage = payload.text("keep_image", "");
    var keepInstance = payload.text("keep_container", "");
    // As the contract has it, volumes go too, unless our own control plane says that they stay.
    boolean volumes = !payload.flag("keep_volumes");
    return tried(
        () -> "removed " + runtime.cleanup(slug, keepImage, keepInstance, volumes) + " old images");
  }

  private Reply logs(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    int tail = LogOrder.tail(payload);
    boolean follow = payload.flag("follow");
    return tried(
        () -> {
          runtime.logs(name, tail, follow, progress);
          return LogOrder.END;
        });
  }

  private Reply look(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    var condition = payload.required("condition");
    if (!condition.equals("healthy") && !condition.equals("started")) {
      throw new CommandFailure("invalid payload: condition is healthy or started");
    }
    var found = runtime.find(name);
    boolean running = found.filter(i -> i.getStatus().equals("running")).isPresent();
    var checked = found.map(i -> i.getHealthStatus()).orElse("");
    boolean checkPassed =
        condition.equals("started")
            || checked.isEmpty()
            || checked.equals("none")
            || checked.equals("healthy");
    var answer = new LinkedHashMap<String, Object>();
    answer.put("healthy", running && checkPassed);
    answer.put("running", running);
    answer.put(
        "message",
        found
            .map(i -> i.getStatus() + (i.getExitReason().isEmpty() ? "" : ": " + i.getExitReason()))
            .orElse("no such container"));
    if (!running && found.isPresent()) {
      // The contract has no such member; it tells our control plane what became of a process.
      answer.put("output", health.lastLines(name));
    }
    return Json.reply(answer);
  }

  private Reply execute(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    if (payload.has("clone_dir") && !payload.text("clone_dir", "").isEmpty()) {
      var folder = payload.text("clone_dir", "");
      if (!clones.remove(folder)) {
        throw new CommandFailure("clone_dir is not a clone folder");
      }
      return Reply.completed("removed build dir " + folder);
    }
    var name = payload.instanceName("container_name");
    var words = payload.texts("command");
    var argv = words.isEmpty() ? List.of("/bin/sh") : words;
    var last = new ArrayDeque<String>();
    var code = new int[1];
    tried(
        () -> {
          code[0] =
              runtime.execute(
                  name,
                  argv,
                  line -> {
                    if (last.size() == LAST_LINES) {
                      last.removeFirst();
                    }
                    last.addLast(line);
                    progress.line(line);
                  });
          return "";
        });
    return code[0] == 0
        ? Reply.completed("exit 0")
        : Reply.failed("exit " + code[0] + ": " + String.join(" | ", last));
  }

  private interface Work {
    String run() throws RuntimeRefusal, IOException, InterruptedException;
  }

  private static Reply tried(Work work) throws CommandFailure, IOException, InterruptedException {
    try {
      return Reply.completed(work.run());
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
