package dev.slipway.fleet.service.health;

import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.store.health.ResourceAlertRow.Resource;
import dev.slipway.fleet.store.health.SampleStore;
import dev.slipway.fleet.store.health.SampleStore.Kind;
import dev.slipway.fleet.store.health.SampleStore.Sample;
import dev.slipway.fleet.store.server.AgentReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes samples of all servers together, once a second: a statement per heartbeat and container
 * would cost more than the heartbeats themselves. While the database is away the newest are kept,
 * as many as fit.
 */
@Component(service = SampleWriter.class)
public final class SampleWriter {
  /** Most rows of one kind that wait. */
  static final int MOST = 100_000;

  private static final int BATCH = 5_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
  private static final Scope EVERYONE = Scope.platform("samples of all servers in one statement");
  private static final Logger LOG = LoggerFactory.getLogger(SampleWriter.class);

  private final Database db;
  private final SampleStore store;
  private final Map<Kind, ArrayDeque<Sample>> waiting = new EnumMap<>(Kind.class);
  private final Semaphore stopped = new Semaphore(0);
  private final Thread thread;
  private long lost;

  @Activate
  public SampleWriter(@Reference Database db, @Reference SampleStore store) {
    this.db = db;
    this.store = store;
    for (var kind : Kind.values()) {
      waiting.put(kind, new ArrayDeque<>());
    }
    thread = Thread.ofVirtual().name("fleet-samples").start(this::run);
  }

  /** Writes what waits, and stops. An interrupt could tear a statement that is under way. */
  @Deactivate
  public void close() throws InterruptedException {
    stopped.release();
    thread.join(LONGEST_STOP);
    flush();
  }

  /** Takes a heartbeat's numbers in. */
  void add(UUID tenantId, AgentReport report) {
    put(Kind.SYSTEM, row(tenantId, report, system(report)));
    report.containers().forEach(each -> put(Kind.CONTAINER, row(tenantId, report, each)));
    var measures = report.measures();
    putAll(Kind.ROUTE, tenantId, report, measures.routes());
    if (measures.proxy() != null) {
      putAll(Kind.PROXY, tenantId, report, List.of(measures.proxy()));
    }
    putAll(Kind.ANALYTICS, tenantId, report, measures.analytics());
    putAll(Kind.SERVICE, tenantId, report, measures.services());
    putAll(Kind.HEALTH, tenantId, report, measures.checks());
  }

  private void putAll(
      Kind kind, UUID tenantId, AgentReport report, List<Map<String, Object>> rows) {
    rows.forEach(each -> put(kind, row(tenantId, report, each)));
  }

  private static Map<String, @Nullable Object> system(AgentReport report) {
    var row = new LinkedHashMap<String, @Nullable Object>(report.system());
    row.put("cpu_percent", Pressure.value(Resource.CPU, report));
    row.put("load_1", report.system().get("load_avg_1"));
    return row;
  }

  private static Sample row(
      UUID tenantId, AgentReport report, Map<String, ? extends @Nullable Object> values) {
    return new Sample(tenantId, report.serverId(), report.at(), values);
  }

  private synchronized void put(Kind kind, Sample row) {
    var rows = waiting.get(kind);
    if (rows.size() >= MOST) {
      rows.removeFirst();
      lost++;
    }
    rows.addLast(row);
  }

  private void run() {
    try {
      while (!stopped.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        flush();
      }
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes all that waits now. */
  void flush() {
    for (var kind : Kind.values()) {
      var batch = take(kind);
      while (!batch.isEmpty()) {
        if (!written(kind, batch)) {
          return;
        }
        batch = take(kind);
      }
    }
  }

  private boolean written(Kind kind, List<Sample> batch) {
    try {
      db.run(EVERYONE, () -> store.addSamples(kind, batch));
      return true;
    } catch (PlatformException failure) {
      LOG.warn("{} samples wait: {}", batch.size(), failure.getMessage());
      putBack(kind, batch);
      return false;
    } catch (RuntimeException refused) {
      // What the database never takes must not hold back what comes after it.
      LOG.error("{} samples were refused", batch.size(), refused);
      return true;
    }
  }

  private synchronized List<Sample> take(Kind kind) {
    if (lost > 0) {
      LOG.warn("{} samples were lost because the database did not take them in time", lost);
      lost = 0;
    }
    var rows = waiting.get(kind);
    var batch = new ArrayList<Sample>(Math.min(rows.size(), BATCH));
    while (batch.size() < BATCH && !rows.isEmpty()) {
      batch.add(rows.removeFirst());
    }
    return batch;
  }

  private synchronized void putBack(Kind kind, List<Sample> batch) {
    var rows = waiting.get(kind);
    for (var row : batch.reversed()) {
      if (rows.size() < MOST) {
        rows.addFirst(row);
      } else {
        lost++;
      }
    }
  }
}
