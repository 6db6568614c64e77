package dev.slipway.billing.service;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.UserActivityListener;
import dev.slipway.billing.store.MetricsStore;
import dev.slipway.data.Database;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes on which days (UTC) a user was there. Users are gathered in memory and written together;
 * what a crash loses is told again within a minute by those who are still there.
 */
@Component(service = UserActivityListener.class)
public final class ActiveUsers implements UserActivityListener {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveUsers.class);
  private static final Scope SCOPE = Scope.platform("users are counted over all tenants");

  private static final long SECONDS = 30;

  /** Beyond that the others are noted after the next write. */
  private static final int MAX_WAITING = 50_000;

  /** Beyond that they are written again, which changes nothing. */
  private static final int MAX_WRITTEN = 500_000;

  private final Database database;
  private final MetricsStore metrics;
  private final Set<Seen> waiting = ConcurrentHashMap.newKeySet();
  private final Set<Seen> written = ConcurrentHashMap.newKeySet();

  /** No job: those run on one node at a time, and each node has its own users to write. */
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("billing-active-users").factory());

  private record Seen(LocalDate day, UUID user) {}

  /** Made by the component runtime. */
  @Activate
  public ActiveUsers(@Reference Database database) {
    this.database = database;
    metrics = new MetricsStore(database);
    var unused = clock.scheduleWithFixedDelay(this::tick, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Writes what waits, and stops. */
  @Deactivate
  public void close() {
    clock.shutdown();
    tick();
  }

  private void tick() {
    try {
      run();
    } catch (RuntimeException failure) {
      // The database may be away for a while; the next round tries again.
      LOG.warn("active users were not written", failure);
    }
  }

  @Override
  public void active(UUID userId) {
    var seen = new Seen(LocalDate.now(ZoneOffset.UTC), userId);
    if (!written.contains(seen) && waiting.size() < MAX_WAITING) {
      waiting.add(seen);
    }
  }

  /** Writes what waits. */
  public void run() {
    var today = LocalDate.now(ZoneOffset.UTC);
    var batch = Set.copyOf(waiting);
    for (var day : Set.copyOf(batch.stream().map(Seen::day).toList())) {
      var users = batch.stream().filter(seen -> seen.day().equals(day)).map(Seen::user).toList();
      database.run(SCOPE, () -> metrics.active(day, users));
    }
    waiting.removeAll(batch);
    written.removeIf(seen -> !seen.day().equals(today));
    if (written.size() < MAX_WRITTEN) {
      written.addAll(batch);
    }
  }
}
