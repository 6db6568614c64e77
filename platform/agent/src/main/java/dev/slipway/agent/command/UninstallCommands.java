package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.ProcessGroup;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the agent and what it runs off this machine. */
public final class UninstallCommands {
  private static final Logger LOG = LoggerFactory.getLogger(UninstallCommands.class);
  private static final Path SYSTEMD = Path.of("/run/systemd/system");

  private final AppRuntime runtime;
  private final @Nullable Path remover;
  private final Later later;

  /** Does something after the answer has left. */
  public interface Later {
    void run(Runnable action);
  }

  /**
   * @param remover the script that the installer left; null where the agent was started otherwise,
   *     and whoever did that takes it away
   */
  public UninstallCommands(AppRuntime runtime, @Nullable Path remover, Later later) {
    this.runtime = runtime;
    this.remover = remover;
    this.later = later;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_UNINSTALL, this::uninstall);
  }

  private Reply uninstall(Payload payload, LineSink progress) {
    later.run(this::remove);
    return Reply.completed("uninstall started");
  }

  private void remove() {
    try {
      for (var instance : runtime.list()) {
        runtime.remove(instance.getName());
      }
    } catch (IOException | RuntimeRefusal e) {
      LOG.warn("Not everything could be removed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (remover != null && Files.isExecutable(remover)) {
      start(remover);
    }
  }

  /** Outside of the agent's own session and unit, which end before the script does. */
  private static void start(Path script) {
    var words = new ArrayList<String>();
    if (Files.isDirectory(SYSTEMD)) {
      words.addAll(List.of("systemd-run", "--collect", "--quiet"));
    }
    words.add(script.toString());
    try {
      new ProcessBuilder(ProcessGroup.leading(words))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      LOG.error("The agent cannot be removed", e);
    }
  }
}
