package dev.slipway.http.route;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ApplicationHandler;
import org.jspecify.annotations.Nullable;

/**
 * One built application. Requests enter it as long as it is current; once retired it serves those
 * that are inside and is shut down by the last of them.
 */
public final class Generation {
  private static final int RETIRED = Integer.MIN_VALUE / 2;

  private final String base;
  private final ApplicationHandler application;
  private final Map<Method, Bound> byMethod = new HashMap<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final InFlight unmatched = new InFlight();

  Generation(String base, ApplicationHandler application, List<BundleRoutes> bundles) {
    this.base = base;
    this.application = application;
    for (var bundle : bundles) {
      bundle.routes().forEach(route -> byMethod.put(route.method(), new Bound(bundle, route)));
    }
  }

  /** Path below which its resources stand; ends with a slash. */
  public String base() {
    return base;
  }

  /** The Jersey application. */
  public ApplicationHandler application() {
    return application;
  }

  /** The route behind a resource method. */
  public @Nullable Bound bound(Method method) {
    return byMethod.get(method);
  }

  /** Lets a request in; false once retired. */
  boolean enter() {
    if (inside.getAndUpdate(count -> count < 0 ? count : count + 1) < 0) {
      return false;
    }
    unmatched.enter();
    return true;
  }

  /** Attributes a request that is inside to the bundle it turned out to be for. */
  public void matched(Bound bound) {
    bound.bundle().inFlight().enter();
    unmatched.exit();
  }

  /** Lets a request out; the bound it was attributed to, if any. */
  public void exit(@Nullable Bound bound) {
    if (bound == null) {
      unmatched.exit();
    } else {
      bound.bundle().inFlight().exit();
    }
    if (inside.decrementAndGet() == RETIRED) {
      application.onShutdown(null);
    }
  }

  /** Lets nobody in any more. */
  void retire() {
    if (inside.addAndGet(RETIRED) == RETIRED) {
      application.onShutdown(null);
    }
  }

  InFlight unmatched() {
    return unmatched;
  }

  /**
   * A route and its bundle.
   *
   * @param bundle whose it is
   * @param route the operation
   */
  public record Bound(BundleRoutes bundle, Route route) {}
}
