package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.exception.DockerException;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Output of containers: logs, and commands inside them. */
final class ContainerStreams {
  private static final Duration LOG_LIMIT = Duration.ofHours(1);
  private static final Duration EXEC_LIMIT = Duration.ofMinutes(30);

  private final DockerEngine engine;
  private final Containers containers;

  ContainerStreams(DockerEngine engine, Containers containers) {
    this.engine = engine;
    this.containers = containers;
  }

  void logs(String name, int tail, boolean follow, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var container = containers.get(name);
    var masking = Masking.of(containers.secretsOf(container));
    try (var output = new FrameLines((error, line) -> lines.line(masking.apply(line)))) {
      engine.call(
          () ->
              engine
                  .streams()
                  .logContainerCmd(container.getId())
                  .withStdOut(true)
                  .withStdErr(true)
                  .withTail(tail)
                  .withFollowStream(follow)
                  .exec(output));
      await(output, LOG_LIMIT);
    }
  }

  /** A cancelled command is no longer listened to, but the engine cannot end it. */
  int execute(String name, List<String> argv, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var container = containers.get(name);
    var masking = Masking.of(containers.secretsOf(container));
    var id =
        engine.call(
            () ->
                engine
                    .calls()
                    .execCreateCmd(container.getId())
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withCmd(argv.toArray(String[]::new))
                    .exec()
                    .getId());
    try (var output = new FrameLines((error, line) -> lines.line(masking.apply(line)))) {
      engine.call(() -> engine.streams().execStartCmd(id).exec(output));
      if (!await(output, EXEC_LIMIT)) {
        throw new RuntimeRefusal("the command took longer than 30 minutes");
      }
    }
    var code = engine.call(() -> engine.calls().inspectExecCmd(id).exec().getExitCodeLong());
    return code == null ? 0 : code.intValue();
  }

  /** False when the time is up. */
  static boolean await(ResultCallbackTemplate<?, ?> output, Duration limit)
      throws RuntimeRefusal, IOException, InterruptedException {
    try {
      return output.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (DockerException e) {
      // As of a container that has just ended.
      throw new RuntimeRefusal("the engine refused: " + DockerEngine.shortened(e));
    } catch (RuntimeException e) {
      throw new IOException("the engine ended the stream: " + e.getMessage(), e);
    }
  }
}
