package dev.slipway.agent.command;

import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.CleanEnvironment;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.Subprocess;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.ReleaseOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.source.CloneFolders;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

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
    var commands = payload.texts("commands");
    if (commands.isEmpty()) {
      throw new CommandFailure("invalid payload: commands is required");
    }
    var variables = payload.environment("env_vars");
    var output = new Output(Masking.of(variables.values()), progress);
    try {
      runtime.runOnce(
          new ReleaseOrder(
              Names.image(payload, "image_tag"), commands, variables, limit(payload, 300)),
          output);
      return Reply.completed(output.text());
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private static Duration limit(Payload payload, long fallback) throws CommandFailure {
    var seconds = payload.integer("timeout_sec", fallback);
    return Duration.ofSeconds(seconds <= 0 ? fallback : Math.min(seconds, MOST_SECONDS));
  }

  /** Masks lines, passes them on and keeps the first of them for the answer. */
  private static final class Output implements LineSink {
    private final Masking masking;
    private final LineSink progress;
    private final StringBuilder text = new StringBuilder();

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
      progress.line(masked);
    }

    String text() {
      return text.toString();
    }
  }
}
