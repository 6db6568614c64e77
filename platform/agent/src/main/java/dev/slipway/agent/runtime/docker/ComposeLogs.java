package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Container;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the containers of a project have written, and write: each line behind the name of its
 * service. A slow taker slows the reading of all of them down.
 */
final class ComposeLogs {
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final DockerEngine engine;
  private final Containers containers;
  private final ComposeContainers projects;

  ComposeLogs(DockerEngine engine, Containers containers, ComposeContainers projects) {
    this.engine = engine;
    this.containers = containers;
    this.projects = projects;
  }

  /**
   * @param tail of each container
   * @param follow until the last of them has ended, for an hour at most; one that comes or runs
   *     again meanwhile is followed too
   */
  void show(String project, int tail, boolean follow, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var found = projects.of(project);
    if (found.isEmpty()) {
      throw new RuntimeRefusal("no such project: " + project);
    }
    if (follow) {
      follow(project, tail, lines);
      return;
    }
    for (var container : found) {
      var output = open(container, lines, (command, started) -> command.withTail(tail));
      if (output.isPresent()) {
        ContainerStreams.await(output.get(), LIMIT);
      }
    }
  }

  private void follow(String project, int tail, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    Map<String, FrameLines> streams = new HashMap<>();
    try {
      for (var container : projects.of(project)) {
        open(container, lines, (command, started) -> command.withTail(tail).withFollowStream(true))
            .ifPresent(output -> streams.put(container.getId(), output));
      }
      while (streams.values().stream().anyMatch(stream -> !stream.hasEnded())
          && System.nanoTime() < deadline) {
        Thread.sleep(LOOK);
        followNew(project, streams, lines);
      }
    } finally {
      for (var stream : streams.values()) {
        stream.close();
      }
    }
  }

  /** What the last run of one that runs again has written was shown already. */
  private void followNew(String project, Map<String, FrameLines> streams, LineSink lines)
      throws RuntimeRefusal, IOException {
    for (var container : projects.of(project)) {
      var before = streams.get(container.getId());
      if (ComposeContainers.isRunning(container) && (before == null || before.hasEnded())) {
        open(
                container,
                lines,
                (command, started) ->
                    command
                        .withSince(before == null ? 0 : (int) started.getEpochSecond())
                        .withFollowStream(true))
            .ifPresent(output -> streams.put(container.getId(), output));
      }
    }
  }

  /** What is wanted of a log of a container that was started at that time. */
  private interface Selection {
    LogContainerCmd of(LogContainerCmd command, Instant started);
  }

  /** Empty where the container has gone meanwhile. */
  private Optional<FrameLines> open(Container container, LineSink lines, Selection selection)
      throws RuntimeRefusal, IOException {
    var details = containers.find(container.getId());
    if (details.isEmpty()) {
      return Optional.empty();
    }
    var masking = Masking.of(containers.secretsOf(details.get()));
    var service = ComposeContainers.label(container, ComposePlan.SERVICE);
    var output = new FrameLines((error, line) -> lines.line(service + " | " + masking.apply(line)));
    var command =
        engine.streams().logContainerCmd(container.getId()).withStdOut(true).withStdErr(true);
    var started = Containers.startOf(details.get());
    engine.call(() -> selection.of(command, started).exec(output));
    return Optional.of(output);
  }
}
