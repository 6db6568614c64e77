package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.NamedLocks;
import dev.slipway.agent.runtime.AppNames;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.InstanceEvents;
import dev.slipway.agent.runtime.ReleaseOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.ServiceOrder;
import dev.slipway.agent.runtime.Terminal;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs apps as containers. The engine keeps them; this class holds nothing that a restart would
 * lose.
 */
public final class DockerRuntime implements AppRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(DockerRuntime.class);
  private static final String NETWORK = "deploy-net";
  private static final Duration KNOWN_ADDRESS = Duration.ofSeconds(1);
  private static final int MOST_ADDRESSES = 4096;

  private final DockerEngine engine;
  private final Containers containers;
  private final ContainerUsage usage;
  private final ContainerTails tails;
  private final ImageWork images;
  private final AppNetworks networks;
  private final ReleaseRuns releases;
  private final ContainerStreams streams;
  private final ComposeProjects projects;
  private final Path volumeRoot;
  private final NamedLocks turns = new NamedLocks();
  private final Map<String, KnownAddress> addresses = new ConcurrentHashMap<>();

  private record KnownAddress(Optional<String> ip, long sinceNanos) {}

  /**
   * @param volumeRoot the only folder of the host that containers may mount from
   */
  public DockerRuntime(URI host, Path volumeRoot, InstanceEvents events) throws IOException {
    this.volumeRoot = volumeRoot;
    engine = new DockerEngine(host);
    containers = new Containers(engine);
    usage = new ContainerUsage(engine);
    images = new ImageWork(engine, volumeRoot.resolveSibling("contexts"));
    networks = new AppNetworks(engine, containers);
    streams = new ContainerStreams(engine, containers);
    releases = new ReleaseRuns(engine, images, networks, volumeRoot);
    var files = volumeRoot.resolveSibling("compose");
    projects = new ComposeProjects(engine, streams, images, files, this::remove);
    sweep();
    tails = new ContainerTails(engine, containers, usage, events);
    if (!engine.state().reachable()) {
      LOG.warn("No engine answers at {}; it is tried again with each command", host);
    }
  }

  /** What an agent that was killed was at must not run beside what comes now. */
  private void sweep() {
    try {
      access().removeHelpers();
    } catch (RuntimeRefusal | IOException e) {
      LOG.warn("Containers of an earlier life stay: {}", e.getMessage());
    }
  }

  /** What the engine has besides containers. */
  public EngineObjects objects() {
    return new EngineObjects(engine, NETWORK);
  }

  /** Apps that a Compose file describes. */
  public ComposeProjects projects() {
    return projects;
  }

  /** What a swarm runs, where the engine is a manager of one. */
  public Stacks stacks() {
    return new Stacks(engine);
  }

  /** What containers keep. */
  public ContainerAccess access() {
    return new ContainerAccess(engine, images, ContainerPlan.owner(volumeRoot));
  }

  @Override
  public String kind() {
    return "docker";
  }

  @Override
  public boolean readsDockerfiles() {
    return true;
  }

  @Override
  public Engine engine() {
    return engine.state();
  }

  @Override
  public void build(BuildOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    images.build(order, progress);
  }

  @Override
  public String deploy(DeployOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var _ = turns.take(order.name())) {
      networks.ensure(order.placement().network());
      images.pull(order.imageTag(), order.placement(), progress);
      removeNow(order.name(), true);
      return create(order);
    }
  }

  /** Pulls the image and starts a service in the place of one with the same name. */
  public String createService(ServiceOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var _ = turns.take(order.name())) {
      networks.ensure(order.network());
      images.pull(order.image(), List.of(), progress);
      // Its data is in volumes with names, which stay.
      removeNow(order.name(), false);
      var create = engine.calls().createContainerCmd(order.image());
      ServicePlan.apply(create, order);
      var id = engine.call(() -> create.exec().getId());
      try {
        engine.call(() -> engine.calls().startContainerCmd(id).exec());
        return id;
      } catch (IOException | RuntimeRefusal e) {
        engine.call(() -> engine.calls().removeContainerCmd(id).withForce(true).exec());
        throw e;
      }
    }
  }

  private String create(DeployOrder order) throws RuntimeRefusal, IOException {
    var create = engine.calls().createContainerCmd(order.imageTag());
    ContainerPlan.apply(create, order, volumeRoot);
    var id = engine.call(() -> create.exec().getId());
    try {
      SecretFiles.place(engine, id, order.placement().secretFiles());
      networks.join(id, order.environment(), order.placement().network());
      engine.call(() -> engine.calls().startContainerCmd(id).exec());
      return id;
    } catch (IOException | RuntimeRefusal e) {
      engine.call(() -> engine.calls().removeContainerCmd(id).withForce(true).exec());
      throw e;
    }
  }

  @Override
  public String start(String name) throws RuntimeRefusal, IOException {
    var container = containers.get(name);
    if (!isRestarted(container)) {
      engine.call(
          () ->
              engine
                  .calls()
                  .updateContainerCmd(container.getId())
                  .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                  .exec());
    }
    if (!Boolean.TRUE.equals(container.getState().getRunning())) {
      engine.call(() -> engine.calls().startContainerCmd(container.getId()).exec());
    }
    forget(name);
    return container.getId();
  }

  private static boolean isRestarted(InspectContainerResponse container) {
    var host = container.getHostConfig();
    var policy = host == null ? null : host.getRestartPolicy();
    return policy != null && !Set.of("", "no").contains(policy.getName());
  }

  @Override
  public void stop(String name, Duration grace) throws RuntimeRefusal, IOException {
    var container = containers.get(name);
    if (Boolean.TRUE.equals(container.getState().getRunning())) {
      engine.call(
          () ->
              engine
                  .calls()
                  .stopContainerCmd(container.getId())
                  .withTimeout(Math.toIntExact(grace.toSeconds()))
                  .exec());
    }
    forget(name);
  }

  @Override
  public void remove(String name) throws RuntimeRefusal, IOException, InterruptedException {
    destroy(name, true);
  }

  @Override
  public void destroy(String name, boolean volumes)
      throws RuntimeRefusal, IOException, InterruptedException {
    try (var _ = turns.take(name)) {
      removeNow(name, volumes);
    }
  }

  private void removeNow(String name, boolean volumes) throws RuntimeRefusal, IOException {
    var container = containers.find(name);
    if (container.isPresent()) {
      stop(name, STOP_GRACE);
      engine.call(
          () ->
              engine
                  .calls()
                  .removeContainerCmd(container.get().getId())
                  .withForce(true)
                  .withRemoveVolumes(volumes)
                  .exec());
      forget(name);
    }
  }

  private void forget(String name) {
    addresses.remove(name);
  }

  @Override
  public Optional<ContainerMetrics> find(String name) throws IOException {
    try {
      return containers.find(name).map(c -> ContainerReport.of(c, usage.of(c.getId())));
    } catch (RuntimeRefusal e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public List<ContainerMetrics> list() throws IOException {
    try {
      var listed = new ArrayList<ContainerMetrics>();
      for (var container : containers.all()) {
        containers
            .find(container.getId())
            .map(c -> ContainerReport.of(c, usage.of(c.getId())))
            .ifPresent(listed::add);
      }
      return List.copyOf(listed);
    } catch (RuntimeRefusal e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<InetSocketAddress> address(String name, int port) {
    var now = System.nanoTime();
    var known = addresses.get(name);
    if (known == null || now - known.sinceNanos() > KNOWN_ADDRESS.toNanos()) {
      known = new KnownAddress(look(name, known), now);
      if (addresses.size() < MOST_ADDRESSES) {
        addresses.put(name, known);
      }
    }
    return known.ip().map(InetAddress::ofLiteral).map(ip -> new InetSocketAddress(ip, port));
  }

  /** While the engine does not answer, the containers still do, where they were. */
  private Optional<String> look(String name, @Nullable KnownAddress before) {
    try {
      return containers
          .find(name)
          .filter(c -> Boolean.TRUE.equals(c.getState().getRunning()))
          .flatMap(c -> Containers.addressOf(c, NETWORK));
    } catch (IOException | RuntimeRefusal e) {
      return before == null ? Optional.empty() : before.ip();
    }
  }

  @Override
  public void logs(String name, int tail, boolean follow, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    streams.logs(name, tail, follow, lines);
  }

  @Override
  public int execute(String name, List<String> argv, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    return streams.execute(name, argv, lines);
  }

  @Override
  public Terminal terminal(String name, List<String> argv, int columns, int rows)
      throws RuntimeRefusal, IOException {
    return ContainerTerminal.start(engine, containers.get(name).getId(), argv, columns, rows);
  }

  @Override
  public void runOnce(ReleaseOrder order, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    releases.run(order, lines);
  }

  @Override
  public int cleanup(String slug, String keepImage, String keepInstance, boolean withVolumes)
      throws RuntimeRefusal, IOException, InterruptedException {
    var volumes = new HashSet<String>();
    for (var container : containers.all()) {
      var name = Containers.nameOf(container);
      if (belongs(container, slug) && !name.equals(keepInstance)) {
        containers.find(name).ifPresent(c -> volumes.addAll(namedVolumes(c)));
        remove(name);
      }
    }
    if (withVolumes) {
      for (var volume : volumes) {
        objects().removeVolumeUnlessUsed(volume);
      }
    }
    if (keepImage.isEmpty() && keepInstance.isEmpty()) {
      projects.cleanup(slug, withVolumes);
    }
    return images.removeAll(slug, keepImage);
  }

  private static boolean belongs(Container container, String slug) {
    var label = container.getLabels().get(ContainerPlan.APP_LABEL);
    return AppNames.belongs(Containers.nameOf(container), slug)
        && (label == null || label.equals(slug));
  }

  private static List<String> namedVolumes(InspectContainerResponse container) {
    var mounts = container.getMounts();
    return mounts == null
        ? List.of()
        : mounts.stream()
            .map(InspectContainerResponse.Mount::getName)
            .filter(name -> name != null && !name.isEmpty() && !AppNames.isVolume(name))
            .toList();
  }

  @Override
  public boolean removeVolume(String name) throws RuntimeRefusal, IOException {
    return objects().removeVolume(name);
  }

  /** Containers belong to the engine and run on in any case. */
  @Override
  public void end(boolean keepInstances) {
    tails.close();
    engine.close();
  }
}
