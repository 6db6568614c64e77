package dev.slipway.http;

import dev.slipway.api.spi.RestResource;
import dev.slipway.http.route.Owner;
import dev.slipway.http.route.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows resources as bundles register and unregister them. Additions are gathered for a moment,
 * so that thirty bundles starting make one build; a removal is carried out at once, while the
 * bundle's services still work, so that its requests finish.
 */
final class ResourceTracker
    implements ServiceTrackerCustomizer<RestResource, RestResource>,
        SynchronousBundleListener,
        AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceTracker.class);
  private static final long GATHER_MILLIS = 40;
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final BundleContext context;
  private final Router router;
  private final ServiceTracker<RestResource, RestResource> tracker;
  private final ScheduledExecutorService gather =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("routes").factory());
  private final Map<Bundle, List<Object>> resources = new HashMap<>();
  private final Set<Bundle> waiting = new LinkedHashSet<>();
  private final Set<String> held = new HashSet<>();
  private final Map<String, Duration> drains = new HashMap<>();
  private final ReentrantLock settling = new ReentrantLock();
  private @Nullable ScheduledFuture<?> flush;
  private volatile boolean settled;
  private volatile boolean closed;

  ResourceTracker(BundleContext context, Router router) {
    this.context = context;
    this.router = router;
    tracker = new ServiceTracker<>(context, RestResource.class, this);
  }

  void open() {
    context.addBundleListener(this);
    tracker.open();
  }

  /** Sets how long the next stop of a bundle may wait for its requests. */
  synchronized void drainFor(String bundle, Duration atMost) {
    drains.put(bundle, atMost);
  }

  /** Takes nothing of this bundle in before it is released. */
  synchronized void hold(String bundle) {
    held.add(bundle);
  }

  /** Ends {@link #hold}. */
  synchronized void release(String bundle) {
    held.remove(bundle);
  }

  /** Whether the resources of the start are served; what comes and goes later makes nobody wait. */
  boolean settled() {
    return settled;
  }

  /**
   * Takes in what is waiting, now; returns when that and what others have begun to take in is
   * served.
   */
  void settle() {
    settling.lock();
    try {
      var now = takeWaiting();
      if (!now.isEmpty()) {
        router.add(now);
      }
    } finally {
      settling.unlock();
    }
  }

  private synchronized Map<Owner, List<Object>> takeWaiting() {
    var now = new LinkedHashMap<Owner, List<Object>>();
    for (var bundle : List.copyOf(waiting)) {
      if (!held.contains(bundle.getSymbolicName())) {
        now.put(owner(bundle), List.copyOf(resources.get(bundle)));
        waiting.remove(bundle);
      }
    }
    flush = null;
    return now;
  }

  @Override
  public synchronized @Nullable RestResource addingService(
      ServiceReference<RestResource> reference) {
    var resource = context.getService(reference);
    if (resource != null) {
      resources.computeIfAbsent(reference.getBundle(), bundle -> new ArrayList<>()).add(resource);
      waiting.add(reference.getBundle());
      if (flush == null && started()) {
        flush = gather.schedule(this::settleLogged, GATHER_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
    return resource;
  }

  @Override
  public void modifiedService(ServiceReference<RestResource> reference, RestResource resource) {
    // Properties of the service do not matter.
  }

  @Override
  public void removedService(ServiceReference<RestResource> reference, RestResource resource) {
    var bundle = reference.getBundle();
    Duration drain;
    boolean whole;
    synchronized (this) {
      var left = resources.getOrDefault(bundle, new ArrayList<>());
      left.remove(resource);
      whole = left.isEmpty() || bundle.getState() == Bundle.STOPPING;
      if (whole) {
        resources.remove(bundle);
        waiting.remove(bundle);
      } else {
        waiting.add(bundle);
      }
      drain = drains.getOrDefault(bundle.getSymbolicName(), DRAIN);
    }
    if (!stopping()) {
      if (whole) {
        router.remove(owner(bundle), drain);
      } else {
        settle();
      }
    }
    context.ungetService(reference);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    var bundle = event.getBundle();
    if (event.getType() == BundleEvent.UNINSTALLED) {
      router.forget(bundle.getSymbolicName());
    }
    if (event.getType() == BundleEvent.STOPPED) {
      synchronized (this) {
        drains.remove(bundle.getSymbolicName());
      }
    }
  }

  /**
   * Before all bundles are up there is nobody to serve, and each build would be thrown away by the
   * next.
   */
  void frameworkStarted() {
    settleLogged();
  }

  @Override
  public void close() {
    closed = true;
    context.removeBundleListener(this);
    tracker.close();
    gather.shutdownNow();
  }

  private void settleLogged() {
    try {
      settle();
      settled = true;
      router.endStart();
    } catch (RuntimeException failure) {
      LOG.error("routes could not be taken in; the old ones are still served", failure);
    }
  }

  private boolean started() {
    return context.getBundle(0).getState() == Bundle.ACTIVE;
  }

  /** All goes: a new application for every bundle that leaves would serve nobody. */
  private boolean stopping() {
    return closed || context.getBundle(0).getState() == Bundle.STOPPING;
  }

  private static Owner owner(Bundle bundle) {
    return new Owner(
        bundle.getSymbolicName(), bundle.getBundleId(), bundle.getEntry("plugin.json") != null);
  }
}
