package dev.slipway.pluginhost;

import dev.slipway.api.CurrentOperation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework as the host handles it: bundles by name, and who uses whom. */
final class Bundles {
  private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);

  /**
   * Features and plugins start at this level, the last one; what is below is the platform itself.
   */
  private static final int FEATURE_LEVEL = 4;

  private static final Duration STOP = Duration.ofSeconds(40);
  private static final String API = "dev.slipway.api";
  private static final String INSTALLED = "plugin:";
  private static final String LOOKED_AT = "outlook:";

  private final BundleContext context;
  private final FeatureDigests digests;
  private final Duration longestStart;
  private final FrameworkWiring wirings;

  /**
   * The bundles of a framework.
   *
   * @param longestStart how long one may take to start
   */
  Bundles(BundleContext context, FeatureDigests digests, Duration longestStart) {
    this.context = context;
    this.digests = digests;
    this.longestStart = longestStart;
    wirings = context.getBundle(0).adapt(FrameworkWiring.class);
  }

  /** Lower-case hex SHA-256 of a feature's file. */
  String digest(Bundle feature) {
    var location = feature.getLocation().replaceFirst("^reference:", "");
    return digests.of(Path.of(URI.create(location)));
  }

  /** Remembers the digests that were asked for until the next start. */
  void keepDigests() throws IOException {
    digests.keep();
  }

  /** The shipped features. */
  List<Bundle> features() {
    return Stream.of(context.getBundles())
        .filter(bundle -> !isPlatform(bundle) && !isPlugin(bundle))
        .toList();
  }

  /** The newest installed bundle of this name. */
  Optional<Bundle> find(String id) {
    return Stream.of(context.getBundles())
        .filter(bundle -> id.equals(bundle.getSymbolicName()))
        .max(java.util.Comparator.comparing(Bundle::getBundleId));
  }

  /** Whether it is there and below the features. */
  boolean isPlatform(String id) {
    return find(id).filter(Bundles::isPlatform).isPresent();
  }

  boolean isActive(String id) {
    return find(id).filter(bundle -> bundle.getState() == Bundle.ACTIVE).isPresent();
  }

  /** Version of the plugin API that is served. */
  Version apiVersion() {
    return find(API).stream()
        .flatMap(bundle -> exports(bundle.adapt(BundleRevision.class)))
        .filter(it -> API.equals(it.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE)))
        .map(it -> (Version) it.getAttributes().get("version"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(API + " is not installed"));
  }

  /** Which packages a plugin exports that the platform or a feature exports as well. */
  List<String> shared(Bundle plugin) {
    if (!isPlugin(plugin)) {
      return List.of();
    }
    var taken =
        Stream.of(context.getBundles())
            .filter(bundle -> !isPlugin(bundle))
            .flatMap(bundle -> exports(bundle.adapt(BundleRevision.class)))
            .map(Bundles::packageName)
            .collect(Collectors.toSet());
    return exports(plugin.adapt(BundleRevision.class))
        .map(Bundles::packageName)
        .filter(taken::contains)
        .sorted()
        .toList();
  }

  /**
   * Told by its location, which only the host makes: this is asked with every look-up of a service.
   */
  static boolean isPlugin(Bundle bundle) {
    var location = bundle.getLocation();
    return location.startsWith(INSTALLED) || location.startsWith(LOOKED_AT);
  }

  /** The file of a plugin that is to stay. */
  Bundle install(PluginRow row, Path file) throws BundleException, IOException {
    return install(INSTALLED + row.id() + ":" + row.digest(), file);
  }

  /** A file that is only looked at. */
  Bundle install(PluginFolder.Upload upload) throws BundleException, IOException {
    return install(LOOKED_AT + upload.digest(), upload.path());
  }

  private Bundle install(String location, Path file) throws BundleException, IOException {
    try (var bytes = Files.newInputStream(file)) {
      var bundle = context.installBundle(location, bytes);
      bundle.adapt(BundleStartLevel.class).setStartLevel(FEATURE_LEVEL);
      return bundle;
    }
  }

  boolean resolve(Collection<Bundle> some) {
    return wirings.resolveBundles(some);
  }

  FrameworkWiring wirings() {
    return wirings;
  }

  /** Starts it; one that is not up in time is refused and goes on alone. */
  void start(Bundle bundle) throws BundleException {
    within(longestStart, bundle, bundle::start);
  }

  /**
   * A bundle that fails to stop is stopped all the same; the framework sees to that.
   *
   * @return names of threads that it has started and not ended
   */
  List<String> stop(Bundle bundle) {
    var wiring = bundle.adapt(BundleWiring.class);
    var loader = wiring == null ? null : wiring.getClassLoader();
    try {
      within(STOP, bundle, bundle::stop);
    } catch (BundleException failure) {
      LOG.warn("{} did not stop in order", bundle.getSymbolicName(), failure);
    }
    return isPlugin(bundle) && loader != null ? leftBehind(bundle, loader) : List.of();
  }

  /** Threads inherit the class loader of the call in which they were started. */
  private static List<String> leftBehind(Bundle bundle, ClassLoader loader) {
    var left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getContextClassLoader() == loader)
            .filter(thread -> !thread.getName().startsWith("plugin " + bundle.getSymbolicName()))
            .toList();
    left.forEach(Thread::interrupt);
    return left.stream().map(Thread::getName).sorted().toList();
  }

  /** Whoever waits for a bundle that never returns would keep all others from their changes. */
  private static void within(Duration atMost, Bundle bundle, Change change) throws BundleException {
    var task =
        new FutureTask<>(
            () -> {
              change.run();
              return true;
            });
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("plugin " + bundle.getSymbolicName() + " life")
            .unstarted(CurrentOperation.carried(task));
    var wiring = bundle.adapt(BundleWiring.class);
    if (wiring != null && isPlugin(bundle)) {
      thread.setContextClassLoader(wiring.getClassLoader());
    }
    thread.start();
    try {
      task.get(atMost.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      thread.interrupt();
      throw new BundleException("it was not done after " + atMost.toSeconds() + " s");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BundleException("interrupted", interrupted);
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case BundleException known -> throw known;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new BundleException("it failed", failed.getCause());
      }
    }
  }

  private interface Change {
    void run() throws BundleException;
  }

  /** Takes it out of the framework without touching any other bundle. */
  void uninstall(Bundle bundle) {
    try {
      within(STOP, bundle, bundle::uninstall);
    } catch (BundleException failure) {
      LOG.warn("{} did not go in order", bundle.getSymbolicName(), failure);
    }
    // While others are wired to its classes they stay; a refresh would restart those others.
    if (refreshedWith(bundle).isEmpty()) {
      wirings.refreshBundles(List.of(bundle));
    }
  }

  /** Names of running bundles that would be restarted were this one refreshed. */
  List<String> refreshedWith(Bundle bundle) {
    return wirings.getDependencyClosure(List.of(bundle)).stream()
        .filter(other -> !other.equals(bundle))
        .filter(other -> (other.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0)
        .map(Bundle::getSymbolicName)
        .sorted()
        .toList();
  }

  /** Names of features and plugins whose packages a bundle uses. */
  List<String> uses(Bundle bundle) {
    return wired(
        bundle,
        wiring -> wiring.getRequiredWires(BundleRevision.PACKAGE_NAMESPACE),
        wire -> wire.getProvider().getBundle());
  }

  /** Names of features and plugins that use a bundle's packages. */
  List<String> usedBy(Bundle bundle) {
    return wired(
        bundle,
        wiring -> wiring.getProvidedWires(BundleRevision.PACKAGE_NAMESPACE),
        wire -> wire.getRequirer().getBundle());
  }

  private static List<String> wired(
      Bundle bundle,
      Function<BundleWiring, List<BundleWire>> wires,
      Function<BundleWire, Bundle> other) {
    var wiring = bundle.adapt(BundleWiring.class);
    var names = new TreeSet<String>();
    if (wiring != null) {
      for (var wire : wires.apply(wiring)) {
        var found = other.apply(wire);
        if (!isPlatform(found) && !found.getSymbolicName().equals(bundle.getSymbolicName())) {
          names.add(found.getSymbolicName());
        }
      }
    }
    return List.copyOf(names);
  }

  private static boolean isPlatform(Bundle bundle) {
    var level = bundle.adapt(BundleStartLevel.class);
    return level == null || level.getStartLevel() < FEATURE_LEVEL;
  }

  /** Packages of the platform's inside, or of features, that a plugin imports. */
  List<String> foreign(Bundle plugin) {
    if (!isPlugin(plugin)) {
      return List.of();
    }
    return plugin.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
        .filter(it -> it.getNamespace().equals(BundleRevision.PACKAGE_NAMESPACE))
        .filter(it -> wirings.findProviders(it).stream().anyMatch(Bundles::isClosed))
        .map(it -> it.getDirectives().getOrDefault("filter", ""))
        .sorted()
        .toList();
  }

  /** What is ours is for plugins only where it is plugin API. */
  private static boolean isClosed(BundleCapability export) {
    var name = packageName(export) + ".";
    return name.startsWith("dev.slipway.")
        && !name.startsWith("dev.slipway.api.")
        && !name.startsWith("dev.slipway.data.")
        && !isPlugin(export.getRevision().getBundle());
  }

  private static Stream<BundleCapability> exports(BundleRevision revision) {
    return revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream();
  }

  private static String packageName(BundleCapability export) {
    return String.valueOf(export.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE));
  }

  /** Symbolic names in order of start: what others use comes before them. */
  List<Bundle> usedFirst(Collection<Bundle> some) {
    var ordered = new java.util.LinkedHashSet<Bundle>();
    some.forEach(bundle -> visit(bundle, Set.copyOf(some), new java.util.HashSet<>(), ordered));
    return List.copyOf(ordered);
  }

  private void visit(Bundle bundle, Set<Bundle> among, Set<Bundle> path, Set<Bundle> ordered) {
    if (!among.contains(bundle) || !path.add(bundle)) {
      return;
    }
    uses(bundle).stream()
        .flatMap(name -> find(name).stream())
        .forEach(used -> visit(used, among, path, ordered));
    ordered.add(bundle);
  }
}
