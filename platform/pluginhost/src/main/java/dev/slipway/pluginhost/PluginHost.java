package dev.slipway.pluginhost;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Events;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.data.Database;
import dev.slipway.http.Routes;
import dev.slipway.store.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what operators ask of bundles, one change at a time. A plugin that does not start, or
 * whose file is not the one that was installed, is kept out with its reason; everything else runs
 * on.
 */
@Component(
    service = {PluginRegistry.class, PluginHost.class},
    immediate = true)
public final class PluginHost implements PluginRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);
  private static final Set<String> CORE =
      Set.of("dev.slipway.accounts", "dev.slipway.admin", "dev.slipway.plugins");

  private final ReentrantLock change = new ReentrantLock();
  private final Path folder;
  private final Json json;
  private final Plugins plugins;
  private final Bundles bundles;
  private final Routes routes;
  private final Migrations migrations;

  @Activate
  public PluginHost(
      BundleContext context,
      @Reference Kit kit,
      @Reference ServiceComponentRuntime components,
      @Reference Migrations migrations,
      @Reference Routes routes) {
    folder = kit.platform().data().resolve("plugins");
    json = kit.json();
    plugins = new Plugins(kit.database(), kit.events(), kit.json());
    bundles = new Bundles(context, components, migrations, routes);
    this.routes = routes;
    this.migrations = migrations;
    holdBack();
  }

  /**
   * Keeps features that the operator has disabled from starting; this bundle starts before all of
   * them.
   */
  private void holdBack() {
    for (var bundle : bundles.features()) {
      var known = plugins.find(bundle.getSymbolicName());
      if (known.isPresent() && !known.get().enabled()) {
        bundles.stop(bundle);
        routes.noteAbsent(known.get().id(), known.get().routes());
      }
    }
  }

  /**
   * Brings features' records up to date and starts the enabled plugins, once all features are up.
   */
  void startAll() {
    change.lock();
    try {
      for (var bundle : bundles.features()) {
        record(bundle);
      }
      for (var row : plugins.all()) {
        if (row.kind() == Kind.PLUGIN) {
          startInstalled(row);
        }
      }
    } finally {
      change.unlock();
    }
  }

  private void record(Bundle bundle) {
    var id = bundle.getSymbolicName();
    var version = bundle.getVersion().toString();
    var known = plugins.find(id);
    if (known.isEmpty()) {
      plugins.feature(id, version, digest(bundle), describe(bundle));
    }
    if (bundle.getState() == Bundle.ACTIVE) {
      plugins.serves(id, routes.paths(id));
    }
  }

  private void startInstalled(PluginRow row) {
    var file = folder.resolve(String.valueOf(row.file()));
    try {
      if (!Files.isRegularFile(file) || !PluginFile.hex(file).equals(row.digest())) {
        plugins.quarantined(row, "its file is missing or was changed since it was installed");
        return;
      }
      var bundle = bundles.install(location(row), file);
      if (row.enabled() && row.quarantine() == null) {
        bundles.start(bundle);
      } else {
        routes.noteAbsent(row.id(), row.routes());
      }
    } catch (PlatformException failure) {
      plugins.failed(row.id(), row.version(), "start", failure.getMessage());
    } catch (BundleException | IOException | RuntimeException failure) {
      LOG.error("{} did not start", row.id(), failure);
      plugins.failed(row.id(), row.version(), "start", String.valueOf(failure.getMessage()));
    }
  }

  @Override
  public List<PluginInfo> list() {
    return plugins.all().stream().map(this::info).toList();
  }

  @Override
  public PluginInfo get(String id) {
    return info(row(id));
  }

  @Override
  public List<String> operations(String id) {
    row(id);
    return routes.operations(id);
  }

  @Override
  public List<Failure> failures(String id) {
    row(id);
    return plugins.failures(id);
  }

  @Override
  public PluginInfo install(Caller caller, InputStream bytes, boolean enable) {
    return changing(
        () -> {
          var file = receive(bytes);
          try {
            var id = file.manifest().id();
            if (bundles.find(id).isPresent() || plugins.find(id).isPresent()) {
              throw PluginError.INSTALLED.of(id, file.manifest().version());
            }
            requireApi(file.manifest());
            var row = plugins.row(file, enable);
            var bundle = bundles.install(location(row), file.path());
            try {
              if (enable) {
                bundles.start(bundle);
              }
              plugins.added(row);
            } catch (RuntimeException failure) {
              bundles.uninstall(bundle);
              throw failure;
            }
            plugins.serves(id, routes.paths(id));
            return get(id);
          } catch (RuntimeException failure) {
            Files.deleteIfExists(file.path());
            throw failure;
          }
        });
  }

  @Override
  public PluginInfo update(Caller caller, String id, InputStream bytes) {
    return changing(
        () -> {
          var before = row(id);
          if (before.kind() == Kind.FEATURE) {
            throw PluginError.SHIPPED.of(id);
          }
          var file = receive(bytes);
          if (file.digest().equals(before.digest())) {
            throw PluginError.SAME_VERSION.of(before.version());
          }
          try {
            replace(before, file);
            return get(id);
          } catch (RuntimeException failure) {
            Files.deleteIfExists(file.path());
            plugins.failed(id, file.manifest().version(), "update", failure.getMessage());
            throw failure;
          }
        });
  }

  /**
   * The new version starts beside the old one and takes its routes over; only then does the old one
   * drain and go.
   */
  private void replace(PluginRow before, PluginFile file) throws BundleException, IOException {
    var id = before.id();
    if (!file.manifest().id().equals(id)) {
      throw PluginError.OTHER_ID.of(file.manifest().id(), id);
    }
    if (file.manifest().version().equals(before.version())) {
      throw PluginError.SAME_VERSION.of(before.version());
    }
    requireApi(file.manifest());
    var old = bundles.find(id);
    var fresh = plugins.row(file, before.enabled());
    var row =
        new PluginRow(
            id,
            fresh.kind(),
            fresh.version(),
            fresh.file(),
            fresh.digest(),
            fresh.manifest(),
            before.enabled(),
            null,
            before.routes(),
            before.settings(),
            before.installedAt(),
            fresh.stateChangedAt());
    var bundle = bundles.install(location(row), file.path());
    try {
      if (before.enabled()) {
        bundles.start(bundle);
      }
      plugins.updated(row);
    } catch (RuntimeException failure) {
      bundles.uninstall(bundle);
      throw failure;
    }
    old.ifPresent(bundles::stop);
    old.ifPresent(bundles::uninstall);
    plugins.serves(id, routes.paths(id));
    Files.deleteIfExists(folder.resolve(String.valueOf(before.file())));
  }

  @Override
  public PluginInfo enable(Caller caller, String id) {
    return changing(
        () -> {
          var row = row(id);
          var bundle = bundle(row);
          if (row.quarantine() != null) {
            throw PluginError.QUARANTINED.of(id, row.quarantine());
          }
          for (var needed : bundles.uses(bundle)) {
            if (bundles.find(needed).filter(it -> it.getState() == Bundle.ACTIVE).isEmpty()) {
              throw PluginError.DEPENDENCY_DISABLED.of(id, needed);
            }
          }
          try {
            bundles.start(bundle);
          } catch (PlatformException failure) {
            plugins.failed(id, row.version(), "start", failure.getMessage());
            throw failure;
          }
          plugins.wanted(row, true);
          plugins.serves(id, routes.paths(id));
          return get(id);
        });
  }

  @Override
  public PluginInfo disable(Caller caller, String id, Duration drain, boolean cascade) {
    return changing(
        () -> {
          var row = row(id);
          for (var each : stoppedFirst(bundle(row), cascade)) {
            routes.drainFor(each.getSymbolicName(), drain);
            bundles.stop(each);
            plugins.wanted(row(each.getSymbolicName()), false);
          }
          return get(id);
        });
  }

  /** A bundle behind all that need it; refuses where that is not allowed. */
  private List<Bundle> stoppedFirst(Bundle bundle, boolean cascade) {
    var order = new ArrayList<Bundle>();
    collect(bundle, cascade, order);
    return order;
  }

  private void collect(Bundle bundle, boolean cascade, List<Bundle> order) {
    var id = bundle.getSymbolicName();
    if (CORE.contains(id)) {
      throw PluginError.CORE.of(id);
    }
    var users =
        bundles.usedBy(bundle).stream()
            .flatMap(name -> bundles.find(name).stream())
            .filter(user -> user.getState() == Bundle.ACTIVE)
            .toList();
    if (!users.isEmpty() && !cascade) {
      throw PluginError.NEEDED.of(
          id, String.join(", ", users.stream().map(Bundle::getSymbolicName).toList()));
    }
    users.forEach(user -> collect(user, true, order));
    if (!order.contains(bundle)) {
      order.add(bundle);
    }
  }

  @Override
  public void uninstall(Caller caller, String id, boolean purge) {
    changing(
        () -> {
          var row = row(id);
          if (CORE.contains(id)) {
            throw PluginError.CORE.of(id);
          }
          if (row.kind() == Kind.FEATURE) {
            throw PluginError.SHIPPED.of(id);
          }
          var bundle = bundles.find(id);
          if (bundle.isPresent()) {
            var users = bundles.usedBy(bundle.get());
            if (!users.isEmpty()) {
              throw PluginError.NEEDED.of(id, String.join(", ", users));
            }
            bundles.stop(bundle.get());
            bundles.uninstall(bundle.get());
          }
          if (purge) {
            migrations.purge(id);
          }
          plugins.removed(row);
          Files.deleteIfExists(folder.resolve(String.valueOf(row.file())));
          return row;
        });
  }

  private PluginInfo info(PluginRow row) {
    var bundle = bundles.find(row.id());
    var manifest = plugins.manifest(row);
    var failures = plugins.failures(row.id());
    var state = state(row, bundle.orElse(null));
    var reason =
        switch (state) {
          case QUARANTINED -> row.quarantine();
          case FAILED, INCOMPATIBLE -> failures.isEmpty() ? null : failures.getFirst().message();
          default -> null;
        };
    return new PluginInfo(
        row.id(),
        manifest.name(),
        row.version(),
        manifest.vendor(),
        manifest.description(),
        row.kind(),
        CORE.contains(row.id()),
        state,
        reason,
        manifest.api(),
        row.digest(),
        new PluginInfo.Signature("none", null),
        bundle.map(bundles::uses).orElse(List.of()),
        bundle.map(bundles::usedBy).orElse(List.of()),
        routes.operations(row.id()).size(),
        manifest.events(),
        row.installedAt(),
        row.stateChangedAt());
  }

  private PluginInfo.State state(
      PluginRow row, org.osgi.framework.@org.jspecify.annotations.Nullable Bundle bundle) {
    if (row.quarantine() != null) {
      return PluginInfo.State.QUARANTINED;
    }
    if (!row.enabled()) {
      return PluginInfo.State.DISABLED;
    }
    return switch (bundle == null ? Bundle.UNINSTALLED : bundle.getState()) {
      case Bundle.ACTIVE -> PluginInfo.State.ACTIVE;
      case Bundle.STARTING -> PluginInfo.State.STARTING;
      case Bundle.STOPPING -> PluginInfo.State.STOPPING;
      default -> PluginInfo.State.FAILED;
    };
  }

  private void requireApi(Manifest manifest) {
    var served = bundles.apiVersion();
    if (!manifest.apiRange().includes(served)) {
      throw PluginError.API_RANGE.of(manifest.api(), served);
    }
  }

  private PluginRow row(String id) {
    return plugins.find(id).orElseThrow(() -> PluginError.NOT_FOUND.of(id));
  }

  private Bundle bundle(PluginRow row) {
    return bundles.find(row.id()).orElseThrow(() -> PluginError.NOT_FOUND.of(row.id()));
  }

  private PluginFile receive(InputStream bytes) throws IOException {
    return PluginFile.receive(bytes, folder, json);
  }

  private static String location(PluginRow row) {
    return "plugin:" + row.id() + ":" + row.digest();
  }

  private static String digest(Bundle bundle) {
    try {
      return PluginFile.hex(
          Path.of(java.net.URI.create(bundle.getLocation().replaceFirst("^reference:", ""))));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Manifest describe(Bundle bundle) {
    var headers = bundle.getHeaders();
    var description = headers.get("Bundle-Description");
    return new Manifest(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        String.valueOf(headers.get("Bundle-Name")),
        "Slipway",
        description == null ? "" : description,
        "[1.0,2)",
        List.of(),
        List.of(),
        java.util.Map.of());
  }

  private <T> T changing(Change<T> work) {
    change.lock();
    try {
      return work.run();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (BundleException failure) {
      throw PluginError.NOT_A_BUNDLE.of(String.valueOf(failure.getMessage()));
    } finally {
      change.unlock();
    }
  }

  private interface Change<T> {
    T run() throws IOException, BundleException;
  }

  /** What the host needs of the platform's services. */
  @Component(service = Kit.class)
  public record Kit(Platform platform, Json json, Database database, Events events) {
    @Activate
    public Kit(
        @Reference Platform platform,
        @Reference Json json,
        @Reference Database database,
        @Reference Events events) {
      this.platform = platform;
      this.json = json;
      this.database = database;
      this.events = events;
    }
  }
}
