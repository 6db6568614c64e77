package dev.slipway.agent.command;

import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.CleanEnvironment;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.Subprocess;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.RegistryLogin;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.source.CloneFolders;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A tenant's commands around a deployment. */
public final class HookCommands {
  private static final long MOST_SECONDS = 3600;
  private static final int MAX_OUTPUT = 1 << 20;

  private final CloneFolders clones;
  private final AppRuntime runtime;

  public HookCommands(CloneFolders clones, AppRuntime runtime) {
    this.clones = clones;
    this.runtime = runtime;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_RUN_HOOKS, this::hooks,
        CommandType.COMMAND_TYPE_RUN_RELEASE_HOOK, this::release);
  }

  private Reply hooks(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    payload.required("hook_event");
    var limit = limit(payload, 120);
    var folder =
        payload.text("clone_dir", "").isEmpty()
            ? Path.of("/tmp")
            : SourceCommands.cloneFolder(clones, payload);
    var variables = payload.environment("env_vars");
    var output = new Output(Masking.of(variables.values()), progress);
    for (var command : payload.texts("commands")) {
      var argv = CommandWords.split(command);
      var hook = new Subprocess(argv, CleanEnvironment.of(folder, variables), folder, limit);
      try {
        int code = hook.run(output);
        if (code != 0) {
          throw new CommandFailure("hook failed (exit " + code + ")\n" + output.text());
        }
      } catch (TimeoutException e) {
        throw new CommandFailure("hook took longer than " + limit.toSeconds() + " s");
      }
    }
    return Reply.completed(output.text());
  }

  private Reply release(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var order = DeployPayload.release(payload, limit(payload, 300));
    var secrets = new ArrayList<>(order.environment().values());
    secrets.addAll(RegistryLogin.secrets(order.placement().logins()));
    var output = new Output(Masking.of(secrets), progress);
    try {
      runtime.runOnce(order, output);
      return Reply.completed(output.text());
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage() + output.last());
    }
  }

  private static Duration limit(Payload payload, long fallback) throws CommandFailure {
    var seconds = payload.integer("timeout_sec", fallback);
    return Duration.ofSeconds(seconds <= 0 ? fallback : Math.min(seconds, MOST_SECONDS));
  }

  /** Masks lines, passes them on and keeps the first and the last of them for the answer. */
  private static final class Output implements LineSink {
    private static final int LAST_LINES = 10;
    private static final int LONGEST_LINE = 150;

    private final Masking masking;
    private final LineSink progress;
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> last = new ArrayDeque<>();

    Output(Masking masking, LineSink progress) {
      this.masking = masking;
      this.progress = progress;
    }

    @Override
    public void line(String line) throws InterruptedException {
      var masked = masking.apply(line);
      if (text.length() + masked.length() < MAX_OUTPUT) {
        text.append(masked).append('\n');
      }
      if (last.size() == LAST_LINES) {
        last.removeFirst();
      }
      last.addLast(cut(masked));
      progress.line(masked);
    }

    private static String cut(String line) {
      return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }

    String text() {
      return text.toString();
    }

    /** Few enough to be the reason of a failure; empty where there are none. */
    String last() {
      return last.stream().map(line -> "\n" + line).collect(Collectors.joining());
    }
  }
}
