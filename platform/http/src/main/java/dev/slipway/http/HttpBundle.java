package dev.slipway.http;

import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.http.limit.KeyedRequests;
import dev.slipway.http.route.BundleRoutes;
import dev.slipway.http.route.Route;
import dev.slipway.security.Authenticator;
import dev.slipway.telemetry.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side in the framework: starts it, feeds it with resources, and drains it before anything
 * else stops.
 */
@Component(service = Routes.class, immediate = true)
public final class HttpBundle implements Routes, FrameworkListener, SynchronousBundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(HttpBundle.class);

  private final BundleContext context;
  private final HttpPlatform http;
  private final ResourceTracker tracker;

  /**
   * Neither a reference of the component nor opened with it: some checks come from parts that need
   * this one first, and a service asked for while it is being made is never offered again.
   */
  private final ServiceTracker<HealthCheck, HealthCheck> checks;

  private boolean closed;

  @Activate
  public HttpBundle(
      BundleContext context,
      @Reference Platform platform,
      @Reference Authenticator authenticator,
      @Reference Signals signals,
      @Reference KeyedRequests keyed,
      @Reference Metrics metrics)
      throws Exception {
    this.context = context;
    checks = new ServiceTracker<>(context, HealthCheck.class, null);
    var address =
        new HttpPlatform.Address(
            Objects.requireNonNull(platform.setting("slipway.http.host")),
            Integer.parseInt(Objects.requireNonNull(platform.setting("slipway.http.port"))));
    http =
        new HttpPlatform(
            address,
            new HttpPlatform.Services(platform, authenticator, signals, keyed, metrics),
            this::allChecks,
            context.getBundle(0).getState() != Bundle.ACTIVE);
    tracker = new ResourceTracker(context, http.router());
    context.addFrameworkListener(this);
    context.addBundleListener(this);
    tracker.open();
    if (context.getBundle(0).getState() == Bundle.ACTIVE) {
      checks.open();
    }
  }

  @Deactivate
  synchronized void close() throws Exception {
    if (!closed) {
      closed = true;
      context.removeFrameworkListener(this);
      context.removeBundleListener(this);
      http.close();
      tracker.close();
      checks.close();
    }
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      checks.open();
      tracker.frameworkStarted();
    }
  }

  /** The whole framework stops: requests finish while every bundle still works. */
  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
      try {
        close();
      } catch (Exception failure) {
        LOG.error("HTTP did not stop cleanly", failure);
      }
    }
  }

  @Override
  public void hold(String bundle) {
    tracker.hold(bundle);
  }

  @Override
  public List<String> settle(String bundle) {
    tracker.release(bundle);
    tracker.settle();
    return http.router().refusal(bundle);
  }

  @Override
  public List<String> operations(String bundle) {
    return routes(bundle).map(Route::operation).sorted().toList();
  }

  @Override
  public void drainFor(String bundle, Duration atMost) {
    tracker.drainFor(bundle, atMost);
  }

  @Override
  public void noteAbsent(String bundle, List<String> verbsAndPaths) {
    http.router().noteAbsent(bundle, verbsAndPaths);
  }

  @Override
  public void forget(String bundle) {
    http.router().forget(bundle);
  }

  @Override
  public List<String> paths(String bundle) {
    return routes(bundle).map(route -> route.verb() + " " + route.path()).sorted().toList();
  }

  @Override
  public PluginCalls calls() {
    return http.calls();
  }

  private Stream<Route> routes(String bundle) {
    return http.router().bundles().stream()
        .filter(found -> found.owner().id().equals(bundle))
        .map(BundleRoutes::routes)
        .flatMap(List::stream);
  }

  private List<HealthCheck> allChecks() {
    var all = new ArrayList<HealthCheck>(List.of(checks.getServices(new HealthCheck[0])));
    all.add(new RoutesCheck());
    return all;
  }

  private final class RoutesCheck implements HealthCheck {
    @Override
    public String name() {
      return "routes";
    }

    @Override
    public Health check() {
      var up = context.getBundle(0).getState() == Bundle.ACTIVE && tracker.settled();
      return new Health(up, up ? "all bundles are served" : "bundles are starting");
    }
  }
}
