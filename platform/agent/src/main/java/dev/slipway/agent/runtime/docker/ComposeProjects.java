package dev.slipway.agent.runtime.docker;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.NamedLocks;
import dev.slipway.agent.runtime.ComposeBuild;
import dev.slipway.agent.runtime.ComposeOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.compose.ComposeFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Apps that a Compose file describes. All versions of one app in one place are a project: a set of
 * containers, networks and volumes of their own. Thread-safe; work on one project takes turns, in
 * the order in which it came.
 */
public final class ComposeProjects {
  private final ComposeContainers containers;
  private final ComposeReleases releases;
  private final ComposeImages images;
  private final ComposeWait wait;
  private final ComposeLogs logs;
  private final Remover remover;
  private final NamedLocks turns = new NamedLocks();

  /**
   * What was started for the version of a project that is not settled yet: what of it has ended
   * meanwhile is not to run twice in one deployment. Without it, after a restart of the agent, it
   * does.
   */
  private final Map<String, Set<String>> begun = new ConcurrentHashMap<>();

  /** Stops and removes a container, in turn with all else that is done to it. */
  interface Remover {
    void remove(String name) throws RuntimeRefusal, IOException, InterruptedException;
  }

  /**
   * @param folder for the files of versions
   */
  ComposeProjects(
      DockerEngine engine, ContainerStreams streams, ImageWork work, Path folder, Remover remover) {
    var all = new Containers(engine);
    containers = new ComposeContainers(engine, all);
    logs = new ComposeLogs(engine, all, containers);
    releases = new ComposeReleases(folder);
    images = new ComposeImages(engine, work, releases);
    wait = new ComposeWait(containers, streams);
    this.remover = remover;
  }

  /** Makes the images of a version; returns what its file says. */
  public Map<String, Object> build(ComposeBuild order, LineSink progress)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    return images.build(order, progress);
  }

  /** Starts a version beside the one that serves; returns the containers of its other services. */
  public List<String> up(ComposeOrder order, LineSink progress)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    return inTurn(
        order.project(),
        () -> {
          var started = new HashSet<String>();
          begun.put(order.project(), started);
          return version(order, started, progress).run();
        });
  }

  /** Has the other services follow the version that serves, and removes what it does not need. */
  public List<String> settle(ComposeOrder order, LineSink progress)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    return inTurn(
        order.project(),
        () -> {
          var started = begun.remove(order.project());
          return version(order, started == null ? new HashSet<>() : started, progress).settle();
        });
  }

  private ComposeUp version(ComposeOrder order, Set<String> started, LineSink progress)
      throws ComposeFault, RuntimeRefusal, IOException {
    var release = releases.get(order.imageTag());
    return new ComposeUp(containers, wait, order, release, started, progress);
  }

  /** Stops what answers no requests, the last one first. */
  public void stop(String project)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    inTurn(
        project,
        () -> {
          begun.remove(project);
          for (var container : containers.of(project).reversed()) {
            if (!ComposeContainers.isPrimary(container) && ComposeContainers.isRunning(container)) {
              containers.stop(container.getId());
            }
          }
          return List.of();
        });
  }

  /** Restarts what runs and answers no requests. */
  public void restart(String project)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    inTurn(
        project,
        () -> {
          for (var container : containers.of(project)) {
            if (!ComposeContainers.isPrimary(container) && ComposeContainers.isRunning(container)) {
              containers.stop(container.getId());
              containers.start(container.getId());
            }
          }
          return List.of();
        });
  }

  /**
   * Shows what the containers of a project write; nothing waits for it.
   *
   * @param tail of each of them
   */
  public void logs(String project, int tail, boolean follow, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    logs.show(project, tail, follow, lines);
  }

  /**
   * Removes a project.
   *
   * @param volumes whether its data goes too
   */
  public void down(String project, boolean volumes)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    inTurn(
        project,
        () -> {
          begun.remove(project);
          for (var container : containers.of(project).reversed()) {
            if (ComposeContainers.isRunning(container)) {
              containers.stop(container.getId());
            }
            remover.remove(Containers.nameOf(container));
          }
          containers.removeNetworks(project, List.of());
          if (volumes) {
            containers.removeVolumes(project);
          }
          return List.of();
        });
  }

  /**
   * An app is gone, and its containers with it.
   *
   * @param volumes whether its data goes too
   */
  void cleanup(String slug, boolean volumes) throws RuntimeRefusal, IOException {
    containers.removeRest(slug, volumes);
    releases.forget(slug);
  }

  private interface Work {
    List<String> run() throws ComposeFault, RuntimeRefusal, IOException, InterruptedException;
  }

  private List<String> inTurn(String project, Work work)
      throws ComposeFault, RuntimeRefusal, IOException, InterruptedException {
    try (var _ = turns.take(project)) {
      return work.run();
    }
  }
}
