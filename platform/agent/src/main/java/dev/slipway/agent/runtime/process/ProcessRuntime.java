package dev.slipway.agent.runtime.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.CleanEnvironment;
import dev.slipway.agent.os.FileTree;
import dev.slipway.agent.os.Leftover;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.NamedLocks;
import dev.slipway.agent.os.ProcessGroup;
import dev.slipway.agent.os.Subprocess;
import dev.slipway.agent.runtime.AppNames;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.InstanceEvents;
import dev.slipway.agent.runtime.InstanceLine;
import dev.slipway.agent.runtime.ReleaseOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.Terminal;
import dev.slipway.agent.source.Framework;
import dev.slipway.agent.source.FrameworkDetector;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs apps as process groups of this host. They share its user, its file system and its network:
 * limits and a clean environment, no isolation. Meant for one's own apps on a host without an
 * engine.
 */
public final class ProcessRuntime implements AppRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRuntime.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration EXEC_LIMIT = Duration.ofMinutes(30);
  private static final int MAX_INSTANCES = 1000;
  private static final long MEBIBYTE = 1 << 20;

  private final Folders folders;
  private final ImageStore images;
  private final VolumeFolders volumes;

  /** Held while it is settled which instances use which volumes. */
  private final ReentrantLock settling = new ReentrantLock();

  private final InstanceEvents events;
  private final Instance.Host host;
  private final UsageMeter usage = new UsageMeter();
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private final NamedLocks turns = new NamedLocks();
  private final RuntimeClock clock;

  private record Folders(Path instances, Path logs, Path scratch) {}

  /** Opens the data folder and takes up again what an earlier life of the agent left. */
  public ProcessRuntime(Path data, InstanceEvents events) throws IOException {
    this.events = events;
    this.folders =
        new Folders(
            AtomicFile.folder(data.resolve("instances")),
            AtomicFile.folder(data.resolve("logs")),
            AtomicFile.folder(data.resolve("scratch")));
    this.images = new ImageStore(data.resolve("images"), data.resolve("build-homes"));
    this.volumes = new VolumeFolders(data.resolve("volumes"));
    var cgroups = Cgroups.ofHost("slipway-" + Integer.toHexString(data.hashCode()));
    this.host = new Instance.Host(cgroups, new Ports(), events::changed);
    if (!ProcessGroup.supported()) {
      LOG.warn("No setsid on this host: processes that an app starts may outlive it");
    }
    sweepScratch();
    takeUp();
    this.clock = new RuntimeClock(this::collectLogs, this::measure);
  }

  private void sweepScratch() throws IOException {
    try (var entries = Files.newDirectoryStream(folders.scratch())) {
      for (var entry : entries) {
        Leftover.remove(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void takeUp() throws IOException {
    try (var entries = Files.newDirectoryStream(folders.instances())) {
      for (var entry : entries) {
        var home = new Instance.Home(entry);
        if (Files.exists(home.record())) {
          var record = JSON.readValue(Files.readAllBytes(home.record()), InstanceRecord.class);
          host.ports().hold(record.port());
          open(home, record);
        } else {
          FileTree.delete(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    for (var instance : instances.values()) {
      endUnwanted(instance);
      instance.begin();
    }
  }

  /** A crash in the middle of a stop leaves a process that nobody wants. */
  private static void endUnwanted(Instance instance) throws IOException {
    var view = instance.view();
    var process = LiveProcess.adopt(instance.home().identity());
    if (!view.record().wanted() && process.isPresent()) {
      try {
        process.get().group().kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Instance open(Instance.Home home, InstanceRecord record) throws IOException {
    var spec = record.spec();
    var log =
        new InstanceLog(
            folders.logs().resolve(spec.name()),
            Masking.of(spec.environment().values()),
            (nanos, error, text) ->
                events.line(
                    new InstanceLine(
                        nanos,
                        spec.name(),
                        record.id(),
                        spec.slug(),
                        String.valueOf(spec.process()),
                        "",
                        spec.image(),
                        error,
                        text)));
    var instance = new Instance(home, record, log, host);
    instances.put(spec.name(), instance);
    return instance;
  }

  @Override
  public String kind() {
    return "process";
  }

  @Override
  public boolean readsDockerfiles() {
    return false;
  }

  @Override
  public Engine engine() {
    return new Engine(false, "");
  }

  @Override
  public void build(BuildOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    images.build(order, progress);
  }

  @Override
  public String deploy(DeployOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    refuseContainerParts(order);
    try (var _ = turns.take(order.name())) {
      if (instances.size() >= MAX_INSTANCES) {
        throw new RuntimeRefusal("more than " + MAX_INSTANCES + " instances");
      }
      removeNow(order.name());
      var home = new Instance.Home(folders.instances().resolve(order.name()));
      try {
        var instance = prepare(home, order, progress);
        instance.begin();
        instance.start(START_LIMIT);
        return instance.view().record().id();
      } catch (IOException | RuntimeRefusal | InterruptedException e) {
        discard(order.name(), home);
        throw e;
      }
    }
  }

  private static void refuseContainerParts(DeployOrder order) throws RuntimeRefusal {
    if (!order.placement().secretFiles().isEmpty()) {
      throw new RuntimeRefusal("secret files need the docker runtime");
    }
  }

  private Instance prepare(Instance.Home home, DeployOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    AtomicFile.folder(home.folder());
    AtomicFile.folder(home.home());
    images.unpack(order.imageTag(), home.app());
    var command = order.command().isBlank() ? detectedStart(home.app()) : order.command();
    int port = host.ports().take();
    progress.line("starts on port " + port);
    settling.lockInterruptibly();
    try {
      var environment = new LinkedHashMap<>(order.environment());
      environment.putAll(volumes.link(order.placement().volumes(), home.app()));
      return open(home, record(order, command, environment, port));
    } catch (IOException | RuntimeRefusal e) {
      host.ports().giveBack(port);
      throw e;
    } finally {
      settling.unlock();
    }
  }

  private static InstanceRecord record(
      DeployOrder order, String command, Map<String, String> environment, int port) {
    var id = HexFormat.of().formatHex(randomId());
    var spec =
        new InstanceRecord.Spec(
            order.name(),
            order.imageTag(),
            AppNames.slugOf(order.imageTag()),
            command,
            environment,
            order.limits(),
            order.restart(),
            order.placement().volumes().stream().map(DeployOrder.Volume::host).toList(),
            order.placement().processName());
    return new InstanceRecord(id, spec, true, port, InstanceRecord.History.NONE);
  }

  private static byte[] randomId() {
    var id = new byte[32];
    new SecureRandom().nextBytes(id);
    return id;
  }

  private static String detectedStart(Path app) throws RuntimeRefusal, IOException {
    return FrameworkDetector.detectForProcess(app)
        .map(Framework::startOnHost)
        .filter(command -> !command.isEmpty())
        .orElseThrow(
            () ->
                new RuntimeRefusal(
                    "no start command: set the app's start_command; looked for "
                        + FrameworkDetector.lookedFor()));
  }

  private void discard(String name, Instance.Home home) throws IOException, InterruptedException {
    boolean interrupted = Thread.interrupted();
    var instance = instances.remove(name);
    if (instance != null) {
      instance.remove();
      host.ports().giveBack(instance.view().record().port());
    }
    FileTree.delete(home.folder());
    FileTree.delete(folders.logs().resolve(name));
    host.cgroups().close(name);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String start(String name) throws RuntimeRefusal, IOException, InterruptedException {
    var instance = existing(name);
    instance.startForGood(START_LIMIT);
    return instance.view().record().id();
  }

  @Override
  public void stop(String name, Duration grace)
      throws RuntimeRefusal, IOException, InterruptedException {
    existing(name).stop(grace);
  }

  @Override
  public void remove(String name) throws IOException, InterruptedException {
    try (var _ = turns.take(name)) {
      removeNow(name);
    }
  }

  /** Its folders are its only storage, and an app never keeps them. */
  @Override
  public void destroy(String name, boolean volumes) throws IOException, InterruptedException {
    remove(name);
  }

  private void removeNow(String name) throws IOException, InterruptedException {
    if (instances.containsKey(name)) {
      discard(name, new Instance.Home(folders.instances().resolve(name)));
      events.changed(name);
    }
  }

  private Instance existing(String name) throws RuntimeRefusal {
    var instance = instances.get(name);
    if (instance == null) {
      throw new RuntimeRefusal("no such container: " + name);
    }
    return instance;
  }

  @Override
  public Optional<ContainerMetrics> find(String name) {
    return Optional.ofNullable(instances.get(name)).map(this::metrics);
  }

  @Override
  public List<ContainerMetrics> list() {
    return instances.values().stream().map(this::metrics).toList();
  }

  private ContainerMetrics metrics(Instance instance) {
    var view = instance.view();
    var record = view.record();
    var history = record.history();
    var used = usage.of(view.pid());
    return ContainerMetrics.newBuilder()
        .setContainerId(record.id())
        .setName(record.spec().name())
        .setImage(record.spec().image())
        .setStatus(view.status())
        .setCpuPercent(used.cpuPercent())
        .setMemoryUsedMb(used.residentBytes() / MEBIBYTE)
        .setMemoryLimitMb(record.spec().limits().memoryMebibytes())
        .setHealthStatus("none")
        .setRestartCount(history.restarts())
        .setOomKilled(history.outOfMemory())
        .setExitCode(history.exitCode())
        .setExitReason(history.exitReason())
        .setStartedAt(history.startedAt())
        .setFinishedAt(history.finishedAt())
        .build();
  }

  @Override
  public Optional<InetSocketAddress> address(String name, int port) {
    return Optional.ofNullable(instances.get(name))
        .map(Instance::view)
        .filter(view -> view.pid() > 0)
        .map(view -> new InetSocketAddress(InetAddress.getLoopbackAddress(), view.record().port()));
  }

  @Override
  public void logs(String name, int tail, boolean follow, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    existing(name).log().read(tail, follow, lines);
  }

  @Override
  public int execute(String name, List<String> argv, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var instance = existing(name);
    var masking = Masking.of(instance.view().record().spec().environment().values());
    var command = new Subprocess(argv, instance.environment(), instance.home().app(), EXEC_LIMIT);
    try {
      return command.run(line -> lines.line(masking.apply(line)));
    } catch (TimeoutException e) {
      throw new RuntimeRefusal("the command took longer than 30 minutes");
    }
  }

  @Override
  public Terminal terminal(String name, List<String> argv, int columns, int rows)
      throws RuntimeRefusal, IOException {
    var instance = existing(name);
    return ProcessTerminal.start(
        argv, instance.environment(), instance.home().app(), columns, rows);
  }

  @Override
  public void runOnce(ReleaseOrder order, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var scratch = Files.createTempDirectory(folders.scratch(), "release-");
    try {
      var app = scratch.resolve("app");
      images.unpack(order.imageTag(), app);
      var variables = new LinkedHashMap<>(order.environment());
      settling.lockInterruptibly();
      try {
        variables.putAll(volumes.link(order.placement().volumes(), app));
      } finally {
        settling.unlock();
      }
      new ReleaseRun(order, app, CleanEnvironment.of(scratch, variables)).run(lines);
    } finally {
      FileTree.delete(scratch);
    }
  }

  @Override
  public int cleanup(String slug, String keepImage, String keepInstance, boolean volumes)
      throws IOException, InterruptedException {
    var doomed =
        instances.values().stream()
            .map(i -> i.view().record().spec())
            .filter(s -> s.slug().equals(slug) && AppNames.belongs(s.name(), slug))
            .map(InstanceRecord.Spec::name)
            .filter(name -> !name.equals(keepInstance))
            .toList();
    for (var name : doomed) {
      remove(name);
    }
    return images.removeAll(slug, keepImage);
  }

  @Override
  public boolean removeVolume(String name)
      throws RuntimeRefusal, IOException, InterruptedException {
    settling.lockInterruptibly();
    try {
      var users = instances.values().stream().map(i -> i.view().record().spec());
      if (users.anyMatch(spec -> spec.uses(name))) {
        throw new RuntimeRefusal("volume " + name + " is in use");
      }
      return volumes.remove(name);
    } finally {
      settling.unlock();
    }
  }

  @Override
  public void end(boolean keepInstances) {
    clock.close();
    var leavers = new ArrayList<Thread>();
    for (var instance : instances.values()) {
      leavers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      instance.leave(keepInstances);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    try {
      for (var leaver : leavers) {
        leaver.join();
      }
      collectLogs();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void collectLogs() throws InterruptedException {
    for (var instance : instances.values()) {
      try {
        instance.log().collect(false);
      } catch (IOException e) {
        LOG.warn("The output of {} cannot be read", instance.view().record().spec().name(), e);
      }
    }
  }

  private void measure() throws InterruptedException {
    var running =
        instances.values().stream()
            .filter(i -> i.view().pid() > 0)
            .collect(Collectors.toMap(i -> i.view().pid(), i -> i, (a, b) -> a));
    usage.measure(running.keySet());
    if (host.cgroups().boundsMemory()) {
      return;
    }
    for (var entry : running.entrySet()) {
      var limit = entry.getValue().view().record().spec().limits().memoryMebibytes() * MEBIBYTE;
      if (usage.of(entry.getKey()).residentBytes() > limit) {
        entry.getValue().killForMemory();
      }
    }
  }
}
