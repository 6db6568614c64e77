package dev.slipway.pluginhost;

import dev.slipway.http.PluginCalls;
import dev.slipway.http.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How much of what all share one plugin may use. */
@Component(service = Limits.class)
public final class Limits {
  private static final int EGRESS_AT_A_TIME = 16;
  private static final int EVENTS_AT_ONCE = 1_000;
  private static final int EVENTS_A_SECOND = 100;
  private static final Duration REPORT_EVERY = Duration.ofMinutes(1);

  private final PluginCalls calls;
  private final Plugins plugins;
  private final Map<String, Semaphore> egress = new ConcurrentHashMap<>();
  private final Map<String, Allowance> events = new ConcurrentHashMap<>();
  private final Map<String, Long> reported = new ConcurrentHashMap<>();

  @Activate
  public Limits(@Reference Routes routes, @Reference Kit kit) {
    calls = routes.calls();
    plugins = kit.plugins();
    calls.onTrouble(this::report);
  }

  /** Calls a plugin's code for a bounded time. */
  <T> T call(Bundle plugin, Duration atMost, Callable<T> work) throws Exception {
    var loader = plugin.adapt(BundleWiring.class).getClassLoader();
    return calls.call(plugin.getSymbolicName(), loader, atMost, work);
  }

  /** As {@link #call}, for what gives nothing back. */
  void run(Bundle plugin, Duration atMost, Work work) throws Exception {
    call(
        plugin,
        atMost,
        () -> {
          work.run();
          return true;
        });
  }

  /** Counts an event that a plugin publishes; refuses with 429 where they are too many. */
  void countEvent(String plugin) {
    var allowance =
        events.computeIfAbsent(plugin, id -> new Allowance(EVENTS_AT_ONCE, EVENTS_A_SECOND));
    if (!allowance.take(System.nanoTime())) {
      report(plugin, "it publishes more than " + EVENTS_A_SECOND + " events a second");
      throw PluginError.FLOOD.of(plugin).retryAfter(Duration.ofSeconds(1));
    }
  }

  /** A place among the outgoing calls of a plugin; refuses with 503 where all are taken. */
  Slot egress(String plugin) {
    var places = egress.computeIfAbsent(plugin, id -> new Semaphore(EGRESS_AT_A_TIME));
    if (!places.tryAcquire()) {
      report(plugin, "it makes more than " + EGRESS_AT_A_TIME + " outgoing calls at a time");
      throw PluginError.EGRESS_BUSY.of(plugin).retryAfter(Duration.ofSeconds(1));
    }
    return places::release;
  }

  /** Keeps nothing of a plugin that was stopped. */
  void forget(String plugin) {
    calls.forget(plugin);
    egress.remove(plugin);
    events.remove(plugin);
    reported.remove(plugin);
  }

  /** Shown among the plugin's failures, once a minute at most. */
  void report(String plugin, String message) {
    var now = System.nanoTime();
    var last = reported.get(plugin);
    if (last == null || now - last > REPORT_EVERY.toNanos()) {
      reported.put(plugin, now);
      // Not on this thread: it may be inside a unit of work that is about to fail.
      Thread.ofVirtual().name("report on " + plugin).start(() -> plugins.stumbled(plugin, message));
    }
  }

  /** What may throw. */
  interface Work {
    void run() throws Exception;
  }

  /** A place; closing gives it back. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }
}
