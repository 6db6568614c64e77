package dev.slipway.agent.runtime;

import dev.slipway.agent.os.LineSink;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Builds images and runs instances of them. Instances are known by name, images by tag; both stay
 * until they are removed, over restarts of the agent. Thread-safe; calls on one name take turns.
 */
public interface AppRuntime {
  /** {@code process} or {@code docker}. */
  String kind();

  /** Whether an image is what a Dockerfile says. */
  boolean readsDockerfiles();

  /** What the heartbeat says of a container engine. */
  Engine engine();

  /**
   * @param reachable whether an engine answers; false where none is used
   * @param version empty when it does not answer
   */
  record Engine(boolean reachable, String version) {}

  void build(BuildOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException;

  /** Starts an instance in the place of one with the same name; returns its id. */
  String deploy(DeployOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException;

  /**
   * Starts an existing instance again where it does not run. From then on it is started whenever it
   * ends, however it was deployed. Returns its id.
   */
  String start(String name) throws RuntimeRefusal, IOException, InterruptedException;

  /** How long an instance may take to end by itself where nobody says otherwise. */
  Duration STOP_GRACE = Duration.ofSeconds(30);

  /**
   * Stops an instance and keeps it.
   *
   * @param grace how long it may take to end by itself before it is killed
   */
  void stop(String name, Duration grace) throws RuntimeRefusal, IOException, InterruptedException;

  /** Stops and removes an instance; nothing happens when there is none. */
  void remove(String name) throws RuntimeRefusal, IOException, InterruptedException;

  /**
   * As {@link #remove}.
   *
   * @param volumes whether storage that only it uses and that has no name goes too
   */
  void destroy(String name, boolean volumes)
      throws RuntimeRefusal, IOException, InterruptedException;

  Optional<ContainerMetrics> find(String name) throws IOException, InterruptedException;

  /** All instances with their current use of the host. */
  List<ContainerMetrics> list() throws IOException, InterruptedException;

  /**
   * Where an instance answers now; asked for each request of the edge, so it must be quick.
   *
   * @param port the port inside the instance, where that means something
   */
  Optional<InetSocketAddress> address(String name, int port);

  /**
   * The last lines, then, when following, the next ones until interrupted or the instance is
   * removed.
   */
  void logs(String name, int tail, boolean follow, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException;

  /** Runs a command beside the instance, with its files and environment; returns the exit code. */
  int execute(String name, List<String> argv, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException;

  /** As {@link #execute}, with somebody who talks to the command. */
  Terminal terminal(String name, List<String> argv, int columns, int rows)
      throws RuntimeRefusal, IOException;

  /** Runs each command in a fresh copy of the image; stops at the first that fails. */
  void runOnce(ReleaseOrder order, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException;

  /**
   * Removes instances and images of an app but for those to keep; returns how many images went.
   *
   * @param volumes whether what containers have in volumes of their own goes too
   */
  int cleanup(String slug, String keepImage, String keepInstance, boolean volumes)
      throws RuntimeRefusal, IOException, InterruptedException;

  /** Removes a volume that no instance has; false when there was none. */
  boolean removeVolume(String name) throws RuntimeRefusal, IOException, InterruptedException;

  /**
   * The agent ends. Instances that are wanted stay wanted: the next start finds or starts them.
   *
   * @param keepInstances false stops those that cannot outlive the agent in good order
   */
  void end(boolean keepInstances);
}
