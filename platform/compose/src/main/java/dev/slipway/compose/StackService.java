package dev.slipway.compose;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One service of a stack.
 *
 * @param service what it has in common with services elsewhere; it is never built
 * @param ports that are published
 */
public record StackService(
    Service service,
    Deployment deployment,
    List<Port> ports,
    List<FileMount> configs,
    List<FileMount> secrets) {

  /**
   * A port that is published.
   *
   * @param published 0 leaves it to the swarm
   * @param protocol {@code tcp} or {@code udp}
   * @param onHost whether it is that of the node where a task runs, rather than that of all nodes
   */
  public record Port(int target, int published, String protocol, boolean onHost) {}

  /**
   * A config or a secret inside the container.
   *
   * @param source its name in the file
   * @param target path, or a name in the usual place
   * @param user number of the owner
   * @param group number of the owner's group
   */
  public record FileMount(String source, String target, String user, String group, int mode) {}

  /**
   * How the swarm runs it. Whatever is null is left to the swarm.
   *
   * @param global once on each node, and {@code replicas} means nothing
   * @param roundRobin its name leads to the tasks themselves and not to one address for all of them
   * @param labels of the service, not of its containers
   * @param mostPerNode 0 = no bound
   * @param setAside for each task
   */
  public record Deployment(
      boolean global,
      int replicas,
      boolean roundRobin,
      Map<String, String> labels,
      @Nullable Update update,
      @Nullable Update rollback,
      @Nullable Restart restart,
      List<String> constraints,
      int mostPerNode,
      Service.Limits setAside) {}

  /**
   * @param parallelism 0 = all at once
   * @param failureAction {@code pause}, {@code continue} or {@code rollback}
   * @param monitor how long a new task is watched
   * @param order {@code stop-first} or {@code start-first}
   */
  public record Update(
      @Nullable Integer parallelism,
      @Nullable Duration delay,
      @Nullable String failureAction,
      @Nullable Duration monitor,
      @Nullable Double mostFailed,
      @Nullable String order) {}

  /**
   * @param condition {@code none}, {@code on-failure} or {@code any}
   */
  public record Restart(
      @Nullable String condition,
      @Nullable Duration delay,
      @Nullable Integer attempts,
      @Nullable Duration window) {}
}
