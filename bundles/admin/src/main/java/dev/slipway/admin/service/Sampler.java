package dev.slipway.admin.service;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.admin.LogEntry;
import dev.slipway.admin.store.NodeMapper.Sample;
import dev.slipway.admin.store.NodeStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Problems;
import dev.slipway.api.platform.Traffic;
import dev.slipway.data.Database;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes twice a minute that this node lives, what it does, and what went wrong on it. */
@Component(service = Sampler.class, immediate = true)
public final class Sampler {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
  private static final Scope SCOPE = Scope.platform("a node writes about itself");
  private static final long SECONDS = 30;
  private static final double NANOS = 1e9;
  private static final double MIB = 1024.0 * 1024;
  private static final String POSTGRESQL = "postgresql";

  private final Database database;
  private final NodeStore store;
  private final Identity identity;
  private final Traffic traffic;
  private final Problems problems;
  private final SystemLog log;
  private final CountedCalls calls;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("admin-sampler").factory());

  private Traffic.Totals before;
  private long nanosBefore = System.nanoTime();
  private long transactionsBefore = -1;
  private long problemsSeen;

  @Activate
  public Sampler(
      @Reference Database database,
      @Reference Identity identity,
      @Reference Traffic traffic,
      @Reference Problems problems,
      @Reference SystemLog log,
      @Reference CountedCalls calls) {
    this.database = database;
    store = new NodeStore(database);
    this.identity = identity;
    this.traffic = traffic;
    this.problems = problems;
    this.log = log;
    this.calls = calls;
    before = traffic.totals();
    var unused = clock.scheduleWithFixedDelay(this::tick, 1, SECONDS, TimeUnit.SECONDS);
  }

  @Deactivate
  public void close() {
    clock.shutdownNow();
  }

  private void tick() {
    try {
      sample();
      report();
    } catch (RuntimeException failure) {
      // The database may be away for a while; the next round tries again.
      LOG.debug("the node's state was not written", failure);
    }
  }

  /** One round. */
  public void sample() {
    var now = Times.now();
    var node = identity.at(now);
    var totals = traffic.totals();
    var nanos = System.nanoTime();
    var sample =
        new Sample(
            node.id(),
            now,
            Math.max(0, system.getProcessCpuLoad()) * 100,
            used(),
            totals.requests() - before.requests(),
            totals.nanos() - before.nanos(),
            (nanos - nanosBefore) / NANOS);
    var counted = calls.take();
    database.run(
        SCOPE,
        () -> {
          store.put(node);
          store.sample(sample);
          counted.forEach((name, count) -> store.count(name, now, count));
          countTransactions(now);
        });
    before = totals;
    nanosBefore = nanos;
  }

  private static double used() {
    var memory = ManagementFactory.getMemoryMXBean();
    return (memory.getHeapMemoryUsage().getUsed() + memory.getNonHeapMemoryUsage().getUsed()) / MIB;
  }

  private void countTransactions(Instant now) {
    var transactions = store.transactions();
    if (transactionsBefore >= 0 && transactions > transactionsBefore) {
      store.count(POSTGRESQL, now, transactions - transactionsBefore);
    }
    transactionsBefore = transactions;
  }

  /** Moves new warnings and errors into the system log. */
  public void report() {
    var fresh = problems.after(problemsSeen);
    if (fresh.isEmpty()) {
      return;
    }
    log.addAll(fresh.stream().map(Sampler::entry).toList());
    problemsSeen = fresh.getLast().sequence();
  }

  private static LogEntry entry(Problems.Problem problem) {
    Map<String, Object> metadata =
        problem.exception() == null ? Map.of() : Map.of("exception", problem.exception());
    return new LogEntry(
        Ids.next(),
        problem.error() ? LogEntry.Severity.HIGH : LogEntry.Severity.MEDIUM,
        LogEntry.Category.SYSTEM,
        problem.message(),
        problem.logger(),
        null,
        null,
        metadata,
        problem.at());
  }
}
