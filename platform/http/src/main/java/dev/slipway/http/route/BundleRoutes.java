package dev.slipway.http.route;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The routes of one bundle and the requests that it is serving right now. */
public final class BundleRoutes {
  private final Owner owner;
  private final List<Object> resources;
  private final List<Route> routes;
  private final InFlight inFlight = new InFlight();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Set<Runnable> streams = ConcurrentHashMap.newKeySet();

  BundleRoutes(Owner owner, List<Object> resources, List<Route> routes) {
    this.owner = owner;
    this.resources = List.copyOf(resources);
    this.routes = List.copyOf(routes);
  }

  /** Who brings them. */
  public Owner owner() {
    return owner;
  }

  List<Object> resources() {
    return resources;
  }

  /** The operations. */
  public List<Route> routes() {
    return routes;
  }

  /** Whether the bundle is about to stop: streams end, requests in flight finish. */
  public boolean closing() {
    return closing.get();
  }

  /** Registers what wakes a waiting stream when the bundle stops. */
  public AutoCloseable stream(Runnable wake) {
    streams.add(wake);
    return () -> streams.remove(wake);
  }

  InFlight inFlight() {
    return inFlight;
  }

  void endStreams() {
    closing.set(true);
    streams.forEach(Runnable::run);
  }

  /**
   * Ends the streams and waits for the requests in flight; false where some are left after the
   * time.
   */
  boolean drain(Duration atMost) {
    endStreams();
    return inFlight.awaitNone(atMost);
  }
}
