package dev.slipway.http;

import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.telemetry.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls what plugins bring, each plugin on a bounded number of threads of its own, and each call
 * for a bounded time. The threads are the platform's kind: a plugin that computes without end would
 * keep a carrier of virtual threads, and two of them all requests, from everybody else.
 */
public final class PluginCalls implements AutoCloseable {
  /** Most calls of one plugin at a time. */
  public static final int MOST = 32;

  private static final Logger LOG = LoggerFactory.getLogger(PluginCalls.class);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Map<String, ThreadPoolExecutor> pools = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, String>> reports = new CopyOnWriteArrayList<>();
  private final Counter calls;

  PluginCalls(Metrics metrics) {
    calls =
        Counter.builder()
            .name("slipway_plugin_calls_total")
            .help("Calls of plugins by outcome: done, failed, late, refused.")
            .labelNames("plugin", "outcome")
            .register(metrics.registry());
    GaugeWithCallback.builder()
        .name("slipway_plugin_calls_running")
        .help("Calls that plugins are at work on right now, also those that nobody waits for.")
        .labelNames("plugin")
        .callback(
            gauge -> pools.forEach((plugin, pool) -> gauge.call(pool.getActiveCount(), plugin)))
        .register(metrics.registry());
  }

  /** Tells what calls were late or refused: id of the plugin, and what has happened. */
  public void onTrouble(BiConsumer<String, String> report) {
    reports.add(report);
  }

  /**
   * Calls a plugin and waits for it.
   *
   * @param loader its class loader, which threads that it starts inherit as a mark
   * @throws dev.slipway.api.PlatformException (503) where it is late or has too many calls to work
   *     on already
   * @throws Exception whatever the call throws
   */
  public <T> T call(String plugin, ClassLoader loader, Duration atMost, Callable<T> work)
      throws Exception {
    var task = new FutureTask<>(() -> marked(loader, work));
    try {
      pool(plugin).execute(CurrentOperation.carried(task));
    } catch (RejectedExecutionException full) {
      throw refused(plugin);
    }
    try {
      var result = task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      count(plugin, "done");
      return result;
    } catch (TimeoutException late) {
      task.cancel(true);
      trouble(plugin, "late", "a call was not done after " + atMost.toMillis() + " ms");
      throw CommonError.UNAVAILABLE.of(plugin);
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      throw interrupted;
    } catch (ExecutionException failed) {
      count(plugin, "failed");
      if (failed.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw failed;
    }
  }

  /** How many calls a plugin is at work on, also those that nobody waits for. */
  public int running(String plugin) {
    var pool = pools.get(plugin);
    return pool == null ? 0 : pool.getActiveCount();
  }

  /** Ends a plugin's threads; those at work are interrupted. */
  public void forget(String plugin) {
    var pool = pools.remove(plugin);
    if (pool != null) {
      pool.shutdownNow();
      List.of("done", "failed", "late", "refused").forEach(word -> calls.remove(plugin, word));
    }
  }

  @Override
  public void close() {
    List.copyOf(pools.keySet()).forEach(this::forget);
  }

  private RuntimeException refused(String plugin) {
    trouble(plugin, "refused", "more than " + MOST + " calls at a time");
    return CommonError.UNAVAILABLE.of(plugin).retryAfter(Duration.ofSeconds(1));
  }

  private void trouble(String plugin, String outcome, String message) {
    count(plugin, outcome);
    LOG.warn("{}: {}", plugin, message);
    reports.forEach(report -> report.accept(plugin, message));
  }

  private void count(String plugin, String outcome) {
    calls.labelValues(plugin, outcome).inc();
  }

  private ThreadPoolExecutor pool(String plugin) {
    return pools.computeIfAbsent(plugin, PluginCalls::newPool);
  }

  private static ThreadPoolExecutor newPool(String plugin) {
    ThreadFactory factory =
        Thread.ofPlatform()
            .daemon()
            .name("plugin " + plugin + " ", 1)
            .inheritInheritableThreadLocals(false)
            .factory();
    return new ThreadPoolExecutor(
        0, MOST, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  private static <T> T marked(ClassLoader loader, Callable<T> work) throws Exception {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
