package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.data.Database;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.store.Store;
import dev.slipway.store.StoreSettings;
import dev.slipway.store.json.PlatformJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A real database with the log in it. */
final class TestLog implements AutoCloseable {
  static final Scope PLATFORM = Scope.platform("test");
  static final EventFilter ANY = new EventFilter(Set.of(), null);

  final EmbeddedPostgres postgres;
  final Store store;
  final Database database;
  final SignalBus signals;
  final EventLog events;

  TestLog(Path folder) throws Exception {
    postgres = EmbeddedPostgres.start(Options.forTests(folder));
    var key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    var server = postgres.endpoint();
    store =
        Store.open(new StoreSettings(server.url(), server.superuser(), server.password(), key, 24));
    database = store.database("events", EventLog.class.getClassLoader());
    signals = new SignalBus(database, store);
    events = new EventLog(database, new PlatformJson(), signals);
  }

  /** Publishes in a transaction of its own. */
  void publish(DomainEvent... some) {
    database.run(PLATFORM, () -> List.of(some).forEach(events::publish));
  }

  /** A transaction of its own thread that has begun to write and stays open until told. */
  OpenTransaction open(DomainEvent... some) {
    return new OpenTransaction(some);
  }

  List<StoredEvent> all(EventFilter filter) {
    var found = new ArrayList<StoredEvent>();
    var page = events.after(PLATFORM, filter, null, 1000);
    while (!page.isEmpty()) {
      found.addAll(page);
      page = events.after(PLATFORM, filter, page.getLast().cursor(), 1000);
    }
    return found;
  }

  static List<Integer> numbers(List<StoredEvent> events) {
    return events.stream().map(event -> (Integer) event.data().get("number")).toList();
  }

  int update(String sql, Object... values) throws SQLException {
    try (var connection = owner();
        var statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  /** First column of the first row, as text. */
  String query(String sql, Object... values) {
    try (var connection = owner();
        var statement = connection.prepareStatement(sql)) {
      set(statement, values);
      var rows = statement.executeQuery();
      return rows.next() ? rows.getString(1) : "";
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void set(java.sql.PreparedStatement statement, Object... values)
      throws SQLException {
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private java.sql.Connection owner() throws SQLException {
    var server = postgres.endpoint();
    return DriverManager.getConnection(server.url(), server.superuser(), server.password());
  }

  static void until(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline of the condition").isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() throws Exception {
    signals.close();
    store.close();
    postgres.close();
  }

  /** A transaction under way. */
  final class OpenTransaction {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<?> done;
    private volatile DomainEvent[] late = {};
    private volatile boolean rollback;

    private OpenTransaction(DomainEvent... some) {
      done =
          CompletableFuture.runAsync(
              () -> database.run(PLATFORM, () -> work(some)), Thread.ofVirtual()::start);
      await(begun);
    }

    void commit(DomainEvent... before) {
      late = before;
      end.countDown();
      done.join();
    }

    void rollback() {
      rollback = true;
      end.countDown();
      done.exceptionally(expected -> null).join();
    }

    private void work(DomainEvent... some) {
      database.mapper(LockMapper.class).draw();
      List.of(some).forEach(events::publish);
      begun.countDown();
      await(end);
      List.of(late).forEach(events::publish);
      if (rollback) {
        throw new IllegalStateException("rolled back on purpose");
      }
    }
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static UUID id() {
    return dev.slipway.api.Ids.next();
  }
}
