package dev.slipway.pluginhost;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Offers to scripts what plugins bring for them, as far as that is granted, and bounds its calls.
 */
final class OfferedApis implements ServiceTrackerCustomizer<ScriptApi, ScriptApi> {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final BundleContext context;
  private final Grants grants;
  private final Limits limits;
  private final Map<ServiceReference<ScriptApi>, Offer> offers = new ConcurrentHashMap<>();

  OfferedApis(BundleContext context, Grants grants, Limits limits) {
    this.context = context;
    this.grants = grants;
    this.limits = limits;
  }

  /**
   * One API of a plugin.
   *
   * @param offered null where it is not granted
   */
  private record Offer(ScriptApi api, @Nullable ServiceRegistration<ScriptApi> offered) {
    void withdraw() {
      if (offered != null) {
        offered.unregister();
      }
    }
  }

  @Override
  public synchronized @Nullable ScriptApi addingService(ServiceReference<ScriptApi> reference) {
    var plugin = reference.getBundle();
    var api = Bundles.isPlugin(plugin) ? context.getService(reference) : null;
    if (api != null) {
      offers.put(reference, offer(plugin, api));
    }
    return api;
  }

  @Override
  public void modifiedService(ServiceReference<ScriptApi> reference, ScriptApi api) {
    // Properties of the service do not matter.
  }

  @Override
  public synchronized void removedService(ServiceReference<ScriptApi> reference, ScriptApi api) {
    var offer = offers.remove(reference);
    if (offer != null) {
      offer.withdraw();
    }
    context.ungetService(reference);
  }

  /** Offers or withdraws what was granted or refused since. */
  synchronized void renew() {
    offers.replaceAll(
        (reference, offer) -> {
          var plugin = reference.getBundle();
          if (mayOffer(plugin, offer.api()) == (offer.offered() != null)) {
            return offer;
          }
          offer.withdraw();
          return offer(plugin, offer.api());
        });
  }

  private boolean mayOffer(Bundle plugin, ScriptApi api) {
    return grants.permissions(plugin.getSymbolicName()).mayOffer(api.name());
  }

  private Offer offer(Bundle plugin, ScriptApi api) {
    if (!mayOffer(plugin, api)) {
      limits.report(
          plugin.getSymbolicName(), api.name() + " is not offered to scripts: it is not granted");
      return new Offer(api, null);
    }
    return new Offer(
        api,
        context.registerService(
            ScriptApi.class, new Guarded(plugin, api), GuardedCallbacks.marked(plugin)));
  }

  private final class Guarded implements ScriptApi {
    private final Bundle plugin;
    private final ScriptApi api;

    Guarded(Bundle plugin, ScriptApi api) {
      this.plugin = plugin;
      this.api = api;
    }

    @Override
    public String name() {
      return api.name();
    }

    @Override
    public String summary() {
      return api.summary();
    }

    @Override
    public String arguments() {
      return api.arguments();
    }

    @Override
    public String result() {
      return api.result();
    }

    @Override
    public boolean effect(ScriptCall call) {
      return api.effect(call);
    }

    @Override
    public @Nullable Object call(ScriptCall call) throws Exception {
      return bounded(() -> Optional.ofNullable(api.call(call)));
    }

    @Override
    public @Nullable Object dry(ScriptCall call) throws Exception {
      return bounded(() -> Optional.ofNullable(api.dry(call)));
    }

    @Override
    public String describe(ScriptCall call) {
      return api.describe(call);
    }

    private @Nullable Object bounded(Callable<Optional<Object>> work) throws Exception {
      return limits.call(plugin, LONGEST, work).orElse(null);
    }
  }
}
