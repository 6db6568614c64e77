package dev.slipway.pluginhost;

import dev.slipway.api.Caller;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
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
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Carries out what operators ask of bundles, one change at a time. A plugin that does not start, or
 * whose file is not the one that was installed, is kept out with its reason; everything else runs
 * on.
 */
@Component(
    service = {PluginRegistry.class, PluginHost.class},
    immediate = true)
public final class PluginHost implements PluginRegistry {
  static final String CHANGED = "its file is missing or was changed since it was installed";

  private final ReentrantLock change = new ReentrantLock();
  private final PluginFolder folder;
  private final Plugins plugins;
  private final Bundles bundles;
  private final Activation activation;
  private final Descriptions descriptions;
  private final Startup startup;
  private final SettingsChange settings;
  private final StoredSettings stored;
  private final Trust trust;
  private final Grants grants;
  private final Consent consent;
  private final Outlooks outlooks;
  private final GuardedCallbacks callbacks;
  private final Routes routes;
  private final Migrations migrations;

  @Activate
  public PluginHost(
      BundleContext context,
      @Reference Kit kit,
      @Reference ServiceComponentRuntime components,
      @Reference Migrations migrations,
      @Reference Routes routes,
      @Reference GuardedCallbacks callbacks) {
    this.callbacks = callbacks;
    grants = kit.grants();
    stored = kit.stored();
    trust = kit.trust();
    this.routes = routes;
    this.migrations = migrations;
    folder = new PluginFolder(kit.platform().data().resolve("plugins"), kit.json());
    plugins = new Plugins(kit.database(), kit.events(), kit.json());
    bundles = new Bundles(context);
    activation = new Activation(bundles, components, migrations, routes, callbacks);
    settings = new SettingsChange(plugins, stored, kit.signals());
    descriptions = new Descriptions(plugins, bundles, routes, trust);
    var digests = new FeatureDigests(kit.platform().data().resolve("cache/digests.properties"));
    startup = new Startup(plugins, folder, bundles, descriptions, activation, routes, digests);
    consent = new Consent(plugins, grants);
    outlooks = new Outlooks(plugins, bundles, activation, descriptions, consent, trust);
    startup.holdBack();
  }

  /** Starts what is enabled, once all features are up. */
  void startAll() {
    changing(
        () -> {
          startup.run();
          return true;
        });
  }

  @Override
  public List<PluginInfo> list() {
    return descriptions.all();
  }

  @Override
  public PluginInfo get(String id) {
    return descriptions.one(id);
  }

  @Override
  public List<String> operations(String id) {
    plugins.known(id);
    return routes.operations(id);
  }

  @Override
  public List<Failure> failures(String id) {
    plugins.known(id);
    return plugins.failures(id);
  }

  @Override
  public PluginInfo install(Caller caller, InputStream bytes, boolean enable) {
    try (var upload = folder.receive(bytes)) {
      return changing(() -> add(upload, enable));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private PluginInfo add(PluginFolder.Upload upload, boolean enable)
      throws BundleException, IOException {
    var id = upload.manifest().id();
    plugins
        .find(id)
        .ifPresent(
            known -> {
              throw PluginError.INSTALLED.of(id, known.release());
            });
    if (bundles.find(id).isPresent()) {
      throw PluginError.TAKEN.of(id);
    }
    try {
      var row = plugins.row(upload, enable, List.of());
      requireTrust(row);
      if (enable) {
        consent.toAll(row);
      }
      bring(row, upload, () -> plugins.added(row));
    } catch (PlatformException failure) {
      grants.remove(id);
      plugins.refused(upload.manifest(), failure);
      throw failure;
    }
    return settled(id);
  }

  /** Puts a file's bundle into the framework, running where it is wanted; all or nothing. */
  private void bring(PluginRow row, PluginFolder.Upload upload, Runnable record)
      throws BundleException, IOException {
    requireApi(row);
    var bundle = bundles.install(location(row), upload.path());
    try {
      if (row.enabled()) {
        requireDependencies(bundle);
        activation.start(bundle);
      } else {
        activation.resolve(bundle);
      }
      upload.keep();
      record.run();
    } catch (RuntimeException | IOException failure) {
      bundles.uninstall(bundle);
      throw failure;
    }
  }

  @Override
  public PluginInfo update(Caller caller, String id, InputStream bytes) {
    return update(caller, id, bytes, false);
  }

  @Override
  public PluginInfo update(Caller caller, String id, InputStream bytes, boolean grant) {
    try (var upload = folder.receive(bytes)) {
      return changing(() -> replace(id, upload, grant));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The new version starts beside the old one and takes its routes over; only then does the old one
   * drain and go.
   */
  private PluginInfo replace(String id, PluginFolder.Upload upload, boolean grant)
      throws BundleException, IOException {
    var before = plugins.known(id);
    var manifest = upload.manifest();
    if (before.kind() == Kind.FEATURE) {
      throw PluginError.SHIPPED.of(id);
    }
    if (!manifest.id().equals(id)) {
      throw PluginError.OTHER_ID.of(manifest.id(), id);
    }
    if (manifest.version().equals(before.release())) {
      throw PluginError.SAME_VERSION.of(before.release());
    }
    var old = bundles.find(id);
    var users = old.map(bundles::refreshedWith).orElse(List.of());
    if (!users.isEmpty()) {
      throw PluginError.NEEDED.of(id, String.join(", ", users));
    }
    var row = plugins.row(upload, before.enabled(), before.routes()).replacing(before);
    Runnable fallBack = () -> {};
    try {
      requireTrust(row);
      fallBack = consent.toUpdate(before, manifest, grant);
      bring(row, upload, () -> plugins.updated(row, () -> consent.updated(row)));
    } catch (PlatformException failure) {
      fallBack.run();
      plugins.refused(before, manifest.version(), failure);
      settled(id);
      throw failure;
    }
    old.ifPresent(bundle -> stop(id, bundle));
    old.ifPresent(bundles::uninstall);
    folder.remove(before);
    return settled(id);
  }

  @Override
  public PluginInfo enable(Caller caller, String id) {
    return changing(
        () -> {
          var row = plugins.known(id);
          if (row.enabled() && row.quarantine() == null && bundles.isActive(id)) {
            return get(id);
          }
          requireApi(row);
          try {
            var bundle = sound(row);
            requireDependencies(bundle);
            consent.toAll(row);
            activation.start(bundle);
          } catch (PlatformException failure) {
            if (failure.code().kind() == ErrorKind.UNPROCESSABLE) {
              plugins.failed(row, failure);
            }
            settled(id);
            throw failure;
          }
          plugins.enabled(row, routes.paths(id));
          return get(id);
        });
  }

  /** The bundle of a row, whose file is still the one that was installed. */
  private Bundle sound(PluginRow row) throws BundleException, IOException {
    if (row.kind() == Kind.PLUGIN && !folder.holds(row)) {
      plugins.quarantined(row, CHANGED);
      throw PluginError.QUARANTINED.of(row.id(), CHANGED);
    }
    var objection = trust.objection(row);
    if (objection != null) {
      plugins.quarantined(row, objection);
      throw PluginError.QUARANTINED.of(row.id(), objection);
    }
    var bundle = bundles.find(row.id());
    return bundle.isPresent() ? bundle.get() : bundles.install(location(row), folder.path(row));
  }

  private void requireDependencies(Bundle bundle) {
    activation.resolve(bundle);
    for (var needed : bundles.uses(bundle)) {
      if (!bundles.isActive(needed)) {
        throw PluginError.DEPENDENCY_DISABLED.of(bundle.getSymbolicName(), needed);
      }
    }
  }

  @Override
  public PluginInfo disable(Caller caller, String id, Duration drain, boolean cascade) {
    return changing(
        () -> {
          requireNotCore(id);
          plugins.known(id);
          var order = new LinkedHashSet<String>();
          collect(id, cascade, order);
          for (var each : order) {
            stop(plugins.known(each), drain);
          }
          return get(id);
        });
  }

  private void stop(PluginRow row, Duration drain) {
    var bundle = bundles.find(row.id());
    if (bundle.isPresent()) {
      routes.drainFor(row.id(), drain);
      stop(row.id(), bundle.get());
      callbacks.forget(row.id());
    }
    if (row.enabled()) {
      plugins.disabled(row);
    }
  }

  /** Stops a bundle; threads that it leaves running are told of and interrupted. */
  private void stop(String id, Bundle bundle) {
    var left = bundles.stop(bundle);
    if (!left.isEmpty()) {
      plugins.stumbled(id, "it left threads running: " + String.join(", ", left));
    }
  }

  /** Gathers a bundle behind all that need it; refuses where that is not allowed. */
  private void collect(String id, boolean cascade, LinkedHashSet<String> order) {
    requireNotCore(id);
    var users =
        bundles.find(id).map(bundles::usedBy).orElse(List.of()).stream()
            .filter(bundles::isActive)
            .toList();
    if (!users.isEmpty() && !cascade) {
      throw PluginError.NEEDED.of(id, String.join(", ", users));
    }
    users.forEach(user -> collect(user, true, order));
    order.add(id);
  }

  @Override
  public void uninstall(Caller caller, String id, boolean purge) {
    changing(
        () -> {
          requireNotCore(id);
          var row = plugins.known(id);
          if (row.kind() == Kind.FEATURE) {
            throw PluginError.SHIPPED.of(id);
          }
          var bundle = bundles.find(id);
          var users = bundle.map(bundles::usedBy).orElse(List.of());
          if (!users.isEmpty()) {
            throw PluginError.NEEDED.of(id, String.join(", ", users));
          }
          bundle.ifPresent(running -> stop(id, running));
          bundle.ifPresent(bundles::uninstall);
          callbacks.forget(id);
          routes.forget(id);
          grants.remove(id);
          if (purge) {
            migrations.purge(id);
          }
          plugins.removed(row, purge ? () -> stored.remove(id) : () -> {});
          folder.remove(row);
          return true;
        });
  }

  @Override
  public Outlook outlook(InputStream bytes) {
    try (var upload = folder.receive(bytes)) {
      return changing(() -> outlooks.of(upload));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public PluginRegistry.Permissions permissions(String id) {
    return consent.shown(plugins.known(id));
  }

  @Override
  public PluginRegistry.Permissions grant(Caller caller, String id, List<String> granted) {
    return changing(() -> consent.decide(plugins.known(id), granted));
  }

  @Override
  public PluginRegistry.Settings settings(String id) {
    return settings.shown(plugins.known(id));
  }

  @Override
  public PluginRegistry.Settings configure(
      Caller caller, String id, Map<String, @Nullable Object> values) {
    return changing(() -> settings.replace(plugins.known(id), values));
  }

  private void requireNotCore(String id) {
    if (descriptions.isCore(id)) {
      throw PluginError.CORE.of(id);
    }
  }

  private void requireApi(PluginRow row) {
    if (descriptions.misfit(row) != null) {
      var manifest = plugins.manifest(row);
      throw PluginError.API_RANGE.of(row.id(), manifest.api(), bundles.apiVersion());
    }
  }

  private void requireTrust(PluginRow row) {
    var objection = trust.objection(row);
    if (objection != null) {
      throw PluginError.UNTRUSTED.of(row.id(), objection);
    }
  }

  /** Stops and quarantines what must not run any more. */
  void expel() {
    changing(
        () -> {
          for (var row : plugins.all()) {
            var objection = trust.objection(row);
            if (objection != null) {
              bundles.find(row.id()).ifPresent(bundle -> stop(row.id(), bundle));
              callbacks.forget(row.id());
              routes.noteAbsent(row.id(), row.routes());
              plugins.quarantined(row, objection);
            }
          }
          return true;
        });
  }

  /** Notes what it serves, or that it serves nothing right now, and tells how it is. */
  private PluginInfo settled(String id) {
    var row = plugins.known(id);
    if (bundles.isActive(id)) {
      plugins.serves(row, routes.paths(id));
    } else {
      routes.noteAbsent(id, row.routes());
    }
    return get(id);
  }

  static String location(PluginRow row) {
    return "plugin:" + row.id() + ":" + row.digest();
  }

  private <T> T changing(Change<T> work) {
    change.lock();
    try {
      return work.run();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (BundleException failure) {
      throw PluginError.NOT_A_BUNDLE.at("body", String.valueOf(failure.getMessage()));
    } finally {
      change.unlock();
    }
  }

  private interface Change<T> {
    T run() throws IOException, BundleException;
  }

  /** What the host needs of the platform's services. */
  @Component(service = Kit.class)
  public record Kit(
      Platform platform,
      Json json,
      Database database,
      Events events,
      Signals signals,
      StoredSettings stored,
      Trust trust,
      Grants grants) {
    @Activate
    public Kit(
        @Reference Platform platform,
        @Reference Json json,
        @Reference Database database,
        @Reference Events events,
        @Reference Signals signals,
        @Reference StoredSettings stored,
        @Reference Trust trust,
        @Reference Grants grants) {
      this.platform = platform;
      this.json = json;
      this.database = database;
      this.events = events;
      this.signals = signals;
      this.stored = stored;
      this.trust = trust;
      this.grants = grants;
    }
  }
}
