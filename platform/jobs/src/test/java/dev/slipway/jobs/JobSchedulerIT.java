package dev.slipway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.store.Store;
import dev.slipway.store.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JobSchedulerIT {
  static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofMinutes(10),
          Duration.ofMillis(500));

  @TempDir static Path folder;
  static EmbeddedPostgres postgres;
  static Store store;

  final String name = "tests." + UUID.randomUUID();
  final List<JobScheduler> nodes = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    postgres = EmbeddedPostgres.start(Options.forTests(folder));
    var key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    var server = postgres.endpoint();
    store =
        Store.open(new StoreSettings(server.url(), server.superuser(), server.password(), key, 12));
    store.database("jobs", JobScheduler.class.getClassLoader());
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
    postgres.close();
  }

  @AfterEach
  void stop() {
    nodes.forEach(JobScheduler::close);
  }

  private JobScheduler node() {
    var node = new JobScheduler(store, TIMING);
    nodes.add(node);
    return node;
  }

  private String row(String column) {
    return query("select " + column + " from jobs_execution where task_instance = '" + name + "'");
  }

  private static String query(String sql) {
    var server = postgres.endpoint();
    try (var connection =
            DriverManager.getConnection(server.url(), server.superuser(), server.password());
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return Integer.toString(statement.getUpdateCount());
      }
      var rows = statement.getResultSet();
      return rows.next() && rows.getString(1) != null ? rows.getString(1) : "";
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void until(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline of the condition").isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void aJobRunsAgainAndAgain() {
    var runs = new AtomicInteger();
    node().addJob(new TestJob(name, runs::incrementAndGet));
    until(() -> runs.get() >= 3);
    until(() -> !row("last_success").isEmpty());
    assertThat(row("consecutive_failures")).isEqualTo("0");
  }

  @Test
  void aFailureIsCountedAndTheNextRunIsAsUsual() {
    var runs = new AtomicInteger();
    node()
        .addJob(
            new TestJob(
                name,
                () -> {
                  if (runs.incrementAndGet() <= 2) {
                    throw new IOException("on purpose");
                  }
                }));
    until(() -> row("consecutive_failures").equals("2"));
    until(() -> !row("last_success").isEmpty());
    assertThat(row("consecutive_failures")).isEqualTo("0");
    assertThat(row("last_failure")).isNotEmpty();
  }

  @Test
  void aJobRunsOnOneOfTwoNodesAtATime() {
    var atWork = new AtomicInteger();
    var overlaps = new AtomicInteger();
    var runs = new AtomicInteger();
    TestJob.Work alone =
        () -> {
          if (atWork.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
          }
          Thread.sleep(300);
          atWork.decrementAndGet();
          runs.incrementAndGet();
        };
    node().addJob(new TestJob(name, alone));
    node().addJob(new TestJob(name, alone));
    until(() -> runs.get() >= 4);
    assertThat(overlaps).hasValue(0);
    assertThat(query("select count(*) from jobs_execution where task_instance = '" + name + "'"))
        .isEqualTo("1");
  }

  @Test
  void aJobKeepsItsPlaceWhileItsBundleIsUpdated() {
    var node = node();
    var old = new AtomicInteger();
    var first = new TestJob(name, old::incrementAndGet);
    node.addJob(first);
    until(() -> !row("last_success").isEmpty());
    node.removeJob(first);
    var runsOfOld = old.get();
    var success = row("last_success");
    var updated = new AtomicInteger();
    node.addJob(new TestJob(name, updated::incrementAndGet));
    until(() -> updated.get() >= 2);
    assertThat(old).hasValue(runsOfOld);
    assertThat(row("last_success")).isGreaterThan(success);
  }

  @Test
  void aJobWhoseBundleIsAwayWaitsWithoutFailingAndRunsAtOnceWhenItIsBack() {
    var node = node();
    var runs = new AtomicInteger();
    var job = new TestJob(name, runs::incrementAndGet);
    node.addJob(job);
    until(() -> !row("last_success").isEmpty());
    node.removeJob(job);
    var success = row("last_success");
    // Found due and put off by ten minutes.
    until(() -> row("execution_time > now() + interval '5 minutes'").equals("t"));
    assertThat(row("last_success")).isEqualTo(success);
    assertThat(row("consecutive_failures")).isEqualTo("0");
    assertThat(row("last_failure")).isEmpty();
    var before = runs.get();
    node.addJob(job);
    until(() -> runs.get() > before);
  }

  @Test
  void aJobThatNeverRanIsPutOffToo() {
    var node = node();
    var job = new TestJob(name, Duration.ofSeconds(2), () -> {});
    node.addJob(job);
    until(() -> !row("execution_time").isEmpty());
    node.removeJob(job);
    until(() -> row("execution_time > now() + interval '5 minutes'").equals("t"));
    assertThat(row("last_success")).isEmpty();
    node.addJob(job);
    until(() -> !row("last_success").isEmpty());
  }

  @Test
  void aRunThatItsBundleCutsShortIsNoFailure() {
    var node = node();
    var begun = new CountDownLatch(1);
    var stuck =
        new TestJob(
            name,
            () -> {
              begun.countDown();
              new CountDownLatch(1).await();
            });
    node.addJob(stuck);
    TestLatch.await(begun);
    node.removeJob(stuck);
    var runs = new AtomicInteger();
    node.addJob(new TestJob(name, runs::incrementAndGet));
    until(() -> runs.get() > 0);
    assertThat(row("consecutive_failures")).isEqualTo("0");
    assertThat(row("last_failure")).isEmpty();
  }

  @Test
  void aStoppingSchedulerWaitsForItsRunAndCountsNoFailure() {
    var node = node();
    var begun = new CountDownLatch(1);
    node.addJob(
        new TestJob(
            name,
            () -> {
              begun.countDown();
              new CountDownLatch(1).await();
            }));
    TestLatch.await(begun);
    node.close();
    assertThat(row("picked")).isEqualTo("f");
    assertThat(row("consecutive_failures")).isEqualTo("0");
    assertThat(row("last_failure")).isEmpty();
    nodes.remove(node);
  }

  @Test
  void aRunOfADeadNodeIsTakenOver() {
    query(
        "insert into jobs_execution (task_name, task_instance, execution_time, picked, picked_by,"
            + " last_heartbeat, version) values ('job', '"
            + name
            + "', now() - interval '1 minute', true, 'gone', now() - interval '1 minute', 1)");
    var runs = new AtomicInteger();
    node().addJob(new TestJob(name, runs::incrementAndGet));
    until(() -> runs.get() > 0);
  }

  @Test
  void noMoreThanEightJobsRunAtOnce() {
    var node = node();
    var atWork = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new AtomicInteger();
    var free = new CountDownLatch(1);
    IntStream.range(0, 20)
        .forEach(
            i ->
                node.addJob(
                    new TestJob(
                        name + i,
                        Duration.ofHours(1),
                        () -> {
                          most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                          free.await();
                          atWork.decrementAndGet();
                          done.incrementAndGet();
                        })));
    until(
        () ->
            query(
                    "update jobs_execution set execution_time = now()"
                        + " where not picked and task_instance like '"
                        + name
                        + "%'")
                .equals("20"));
    until(() -> atWork.get() == 8);
    free.countDown();
    until(() -> done.get() == 20);
    assertThat(most).hasValue(8);
  }

  @Test
  void pollingLeavesNoTransactionOpen() {
    var begun = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    node()
        .addJob(
            new TestJob(
                name,
                () -> {
                  begun.countDown();
                  free.await();
                }));
    TestLatch.await(begun);
    until(
        () ->
            query(
                    "select count(*) from pg_stat_activity"
                        + " where state like 'idle in transaction%'")
                .equals("0"));
    free.countDown();
  }
}
