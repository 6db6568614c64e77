package dev.slipway.pluginhost;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Follows the services of one type, and offers each in another form as long as that is allowed.
 *
 * @param <T> type of the services
 * @param <A> on what terms one is allowed
 */
final class Brought<T, A> implements ServiceTrackerCustomizer<T, T> {
  private final BundleContext context;
  private final Predicate<Bundle> followed;
  private final Way<T, A> way;
  private final Map<ServiceReference<T>, Kept<T, A>> kept = new ConcurrentHashMap<>();
  private final ServiceTracker<T, T> tracker;

  /** How services of a type are offered. What throws is a fault of the service. */
  interface Way<T, A> {
    /** What the service calls itself. */
    String name(Bundle bundle, T service) throws Exception;

    /** The terms on which it is allowed right now; empty where it is not. */
    Optional<A> terms(Bundle bundle, T service) throws Exception;

    /** Offers it; what is given withdraws it. */
    Runnable offer(Bundle bundle, T service, A terms) throws Exception;

    /** It is not allowed, and so not offered. */
    void withheld(Bundle bundle, String name);
  }

  /**
   * A service that is there.
   *
   * @param terms those on which it is offered; null where it is not
   * @param fault why it can not be offered; null where it could
   */
  record Kept<T, A>(
      Bundle bundle,
      String name,
      T service,
      @Nullable A terms,
      @Nullable Runnable withdrawal,
      @Nullable String fault) {
    boolean offered() {
      return withdrawal != null;
    }

    void withdraw() {
      if (withdrawal != null) {
        withdrawal.run();
      }
    }
  }

  Brought(BundleContext context, Class<T> type, Predicate<Bundle> followed, Way<T, A> way) {
    this.context = context;
    this.followed = followed;
    this.way = way;
    tracker = new ServiceTracker<>(context, type, this);
  }

  void open() {
    tracker.open();
  }

  void close() {
    tracker.close();
  }

  /** All that is there, offered or not. */
  Stream<Kept<T, A>> all() {
    return kept.values().stream();
  }

  @Override
  public @Nullable T addingService(ServiceReference<T> reference) {
    var bundle = reference.getBundle();
    // Not under the lock: it may be here that the service is made, by whoever brings it.
    var service = followed.test(bundle) ? context.getService(reference) : null;
    if (service != null) {
      var name = name(bundle, service);
      synchronized (this) {
        kept.put(reference, offered(bundle, name, service));
      }
    }
    return service;
  }

  @Override
  public void modifiedService(ServiceReference<T> reference, T service) {
    // Properties of the service do not matter.
  }

  @Override
  public synchronized void removedService(ServiceReference<T> reference, T service) {
    var gone = kept.remove(reference);
    if (gone != null) {
      gone.withdraw();
    }
    context.ungetService(reference);
  }

  /** Offers anew what is allowed on other terms now. */
  synchronized void renew() {
    kept.replaceAll((reference, known) -> known.fault() == null ? renewed(known) : known);
  }

  private Kept<T, A> renewed(Kept<T, A> known) {
    try {
      var terms = way.terms(known.bundle(), known.service());
      if (terms.equals(Optional.ofNullable(known.terms()))) {
        return known;
      }
    } catch (Exception failure) {
      // It is told of below.
    }
    known.withdraw();
    return offered(known.bundle(), known.name(), known.service());
  }

  private String name(Bundle bundle, T service) {
    try {
      return way.name(bundle, service);
    } catch (Exception nameless) {
      return service.getClass().getName();
    }
  }

  private Kept<T, A> offered(Bundle bundle, String name, T service) {
    try {
      var terms = way.terms(bundle, service);
      if (terms.isEmpty()) {
        way.withheld(bundle, name);
        return new Kept<>(bundle, name, service, null, null, null);
      }
      var withdrawal = way.offer(bundle, service, terms.get());
      return new Kept<>(bundle, name, service, terms.get(), withdrawal, null);
    } catch (Exception failure) {
      return new Kept<>(bundle, name, service, null, null, String.valueOf(failure.getMessage()));
    }
  }
}
