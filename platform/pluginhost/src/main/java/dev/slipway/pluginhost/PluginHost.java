package dev.slipway.pluginhost;

import dev.slipway.api.Caller;
import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.http.Routes;
import dev.slipway.store.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
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
  private final ReentrantLock change = new ReentrantLock();
  private final Routes routes;
  private final GuardedCallbacks callbacks;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final PluginFolder folder;
  private final Plugins plugins;
  private final Descriptions descriptions;
  private final Consent consent;
  private final Startup startup;
  private final SettingsChange settings;
  private final Outlooks outlooks;
  private final Arrivals arrivals;
  private final Switching switching;
  private final Departures departures;

  @Activate
  public PluginHost(
      BundleContext context,
      @Reference Kit kit,
      @Reference ServiceComponentRuntime components,
      @Reference Migrations migrations,
      @Reference Routes routes,
      @Reference GuardedCallbacks callbacks) {
    this.routes = routes;
    this.callbacks = callbacks;
    folder = new PluginFolder(kit.platform().data().resolve("plugins"), kit.json());
    plugins = kit.plugins();
    var digests = new FeatureDigests(kit.platform().data().resolve("cache/digests.properties"));
    var set = kit.platform().setting("slipway.plugins.start.seconds");
    var longest = set == null ? LONGEST_START : Duration.ofSeconds(Long.parseLong(set));
    var bundles = new Bundles(context, digests, longest);
    var activation = new Activation(bundles, components, migrations, routes, callbacks);
    descriptions = new Descriptions(plugins, bundles, routes, kit.trust());
    consent = new Consent(plugins, kit.grants());
    settings = new SettingsChange(plugins, kit.stored(), kit.signals());
    startup = new Startup(plugins, folder, bundles, descriptions, activation, routes);
    outlooks = new Outlooks(plugins, bundles, activation, descriptions, consent, kit.trust());
    var conditions = new Conditions(plugins, bundles, folder, activation, descriptions);
    var running = new Running(plugins, bundles, routes, callbacks);
    var carrier = new Carrier(bundles, activation, conditions);
    arrivals = new Arrivals(plugins, bundles, folder, consent, carrier, running);
    switching = new Switching(plugins, bundles, activation, conditions, consent, running);
    var remains = new Departures.Remains(kit.grants(), migrations, kit.stored());
    departures = new Departures(plugins, bundles, folder, conditions, running, remains);
    startup.holdBack();
  }

  /** Starts what is enabled, once all features are up. */
  void startAll() {
    changing(startup::run);
  }

  /** Stops and quarantines what must not run any more. */
  void expel() {
    changing(switching::expel);
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
  public List<Extension> extensions(String id) {
    plugins.known(id);
    return callbacks.extensions(id);
  }

  @Override
  public List<Failure> failures(String id) {
    plugins.known(id);
    return plugins.failures(id);
  }

  @Override
  public PluginInfo install(Caller caller, InputStream bytes, boolean enable) {
    return withUpload(bytes, upload -> get(arrivals.add(upload, enable)));
  }

  @Override
  public PluginInfo update(Caller caller, String id, InputStream bytes) {
    return update(caller, id, bytes, false);
  }

  @Override
  public PluginInfo update(Caller caller, String id, InputStream bytes, boolean grant) {
    return withUpload(
        bytes,
        upload -> {
          arrivals.replace(id, upload, grant);
          return get(id);
        });
  }

  @Override
  public Outlook outlook(InputStream bytes) {
    return withUpload(bytes, outlooks::of);
  }

  @Override
  public PluginInfo enable(Caller caller, String id) {
    changing(() -> switching.enable(id));
    return get(id);
  }

  @Override
  public PluginInfo disable(Caller caller, String id, Duration drain, boolean cascade) {
    changing(() -> switching.disable(id, drain, cascade));
    return get(id);
  }

  @Override
  public void uninstall(Caller caller, String id, boolean purge) {
    changing(() -> departures.remove(id, purge));
  }

  @Override
  public PluginRegistry.Permissions permissions(String id) {
    return consent.shown(plugins.known(id));
  }

  @Override
  public PluginRegistry.Permissions grant(Caller caller, String id, List<String> granted) {
    return answering(() -> consent.decide(plugins.known(id), granted));
  }

  @Override
  public PluginRegistry.Settings settings(String id) {
    return settings.shown(plugins.known(id));
  }

  @Override
  public PluginRegistry.Settings configure(
      Caller caller, String id, Map<String, @Nullable Object> values) {
    return answering(() -> settings.replace(plugins.known(id), values));
  }

  private <T> T withUpload(InputStream bytes, Use<T> use) {
    try (var upload = folder.receive(bytes)) {
      return answering(() -> use.of(upload));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void changing(Change work) {
    answering(
        () -> {
          work.run();
          return true;
        });
  }

  private <T> T answering(Answer<T> work) {
    change.lock();
    try {
      return work.get();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (BundleException failure) {
      throw PluginError.NOT_A_BUNDLE.at("body", String.valueOf(failure.getMessage()));
    } finally {
      change.unlock();
    }
  }

  private interface Use<T> {
    T of(PluginFolder.Upload upload) throws IOException, BundleException;
  }

  private interface Change {
    void run() throws IOException, BundleException;
  }

  private interface Answer<T> {
    T get() throws IOException, BundleException;
  }
}
