package dev.slipway.events;

import static dev.slipway.events.TestLog.id;
import static dev.slipway.events.TestLog.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DispatcherIT {
  /** The safety poll is too rare to help: what arrives in time was signalled. */
  static final Pace PACE =
      new Pace(
          Duration.ofSeconds(2),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          4,
          Duration.ofMinutes(10));

  @TempDir static Path folder;
  static TestLog log;

  final UUID tenant = id();
  final UUID subject = id();
  final EventFilter mine = EventFilter.subject(subject);
  final String name = "tests." + subject;
  final Node node = new Node();

  /** What one process of the platform has. */
  static final class Node implements AutoCloseable {
    final SignalBus signals = new SignalBus(log.database, log.store);
    final Dispatcher dispatcher = new Dispatcher(log.database, log.events, signals, PACE);

    Recorder listen(Recorder listener) {
      dispatcher.addListener(listener);
      until(
          () ->
              !log.query("select 1 from events_cursor where name = ?", listener.name()).isEmpty());
      return listener;
    }

    @Override
    public void close() {
      dispatcher.close();
      signals.close();
    }
  }

  @BeforeAll
  static void open() throws Exception {
    log = new TestLog(folder);
  }

  @AfterAll
  static void close() throws Exception {
    log.close();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void publish(int... numbers) {
    for (var number : numbers) {
      log.publish(Happened.at(tenant, subject, number));
    }
  }

  @Test
  void aNewListenerHearsWhatComesFromNowOnInOrder() {
    publish(1, 2);
    var listener = node.listen(new Recorder(name, mine));
    publish(3, 4, 5);
    log.publish(Happened.at(tenant, id(), 6));
    publish(7);
    until(() -> listener.handled.size() >= 4);
    assertThat(listener.numbers()).containsExactly(3, 4, 5, 7);
  }

  @Test
  void aFailedEventComesAgainBeforeTheNext() {
    var failures = new AtomicInteger(3);
    var tries = new AtomicInteger();
    var listener =
        node.listen(
            new Recorder(
                name,
                mine,
                event -> {
                  tries.incrementAndGet();
                  if (failures.getAndDecrement() > 0) {
                    throw new java.io.IOException("on purpose \0");
                  }
                }));
    publish(1, 2);
    until(() -> listener.handled.size() == 2);
    assertThat(listener.numbers()).containsExactly(1, 2);
    assertThat(tries).hasValue(5);
  }

  @Test
  void aPoisonousEventIsRecordedAndPassedOver() {
    var tries = new AtomicInteger();
    var listener =
        node.listen(
            new Recorder(
                name,
                mine,
                event -> {
                  if (event.data().get("number").equals(1)) {
                    tries.incrementAndGet();
                    throw new NoClassDefFoundError("on/purpose");
                  }
                }));
    publish(1, 2);
    until(() -> listener.handled.size() == 1);
    assertThat(listener.numbers()).containsExactly(2);
    assertThat(tries).hasValue(PACE.attempts());
    assertThat(
            log.query(
                "select f.attempts || ' ' || f.error || ' ' || (e.data ->> 'number')"
                    + " from events_failure f join events_event e on e.id = f.event_id"
                    + " where listener = ?",
                name))
        .isEqualTo("4 java.lang.NoClassDefFoundError: on/purpose 1");
  }

  @Test
  void aFailingListenerHoldsUpNoOther() {
    var failing =
        node.listen(
            new Recorder(
                name + ".bad",
                mine,
                event -> {
                  throw new IllegalStateException("on purpose");
                }));
    var stuck = new CountDownLatch(1);
    node.listen(new Recorder(name + ".stuck", mine, event -> TestLog.await(stuck)));
    var good = node.listen(new Recorder(name + ".good", mine));
    publish(1, 2, 3);
    until(() -> good.handled.size() == 3);
    assertThat(failing.handled).isEmpty();
    stuck.countDown();
  }

  @Test
  void twoNodesShareTheWorkAndNeverDoItTwice() {
    var atWork = new AtomicInteger();
    var overlaps = new AtomicInteger();
    Recorder.Handler alone =
        event -> {
          if (atWork.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
          }
          Thread.sleep(1);
          atWork.decrementAndGet();
        };
    try (var second = new Node()) {
      var here = node.listen(new Recorder(name, mine, alone));
      var there = second.listen(new Recorder(name, mine, alone));
      var publishers =
          IntStream.range(0, 4)
              .mapToObj(
                  part ->
                      CompletableFuture.runAsync(
                          () -> IntStream.range(0, 75).forEach(i -> publish(part * 75 + i)),
                          Thread.ofVirtual()::start))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(publishers).join();
      until(() -> here.handled.size() + there.handled.size() >= 300);
      var all = Stream.concat(here.numbers().stream(), there.numbers().stream());
      assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 300).boxed().toList());
      assertThat(overlaps).hasValue(0);
    }
  }

  @Test
  void anotherNodeGoesOnWhenOneStops() {
    try (var second = new Node()) {
      var here = node.listen(new Recorder(name, mine));
      publish(1);
      until(() -> here.handled.size() == 1);
      var there = second.listen(new Recorder(name, mine));
      node.dispatcher.removeListener(here);
      publish(2, 3);
      until(() -> there.handled.size() == 2);
      assertThat(here.numbers()).containsExactly(1);
      assertThat(there.numbers()).containsExactly(2, 3);
    }
  }

  @Test
  void theCursorOfACrashedNodeIsTakenOverWhenItsLeaseEnds() throws Exception {
    log.update(
        "insert into events_cursor (name, txid, seq, owner, lease_until)"
            + " values (?, pg_snapshot_xmin(pg_current_snapshot()), 0, ?, now() + interval '1 s')",
        name,
        id());
    var lease = lease();
    var listener = node.listen(new Recorder(name, mine));
    publish(1);
    until(() -> listener.handled.size() == 1);
    assertThat(log.query("select now() >= ?::timestamptz", lease)).isEqualTo("t");
  }

  @Test
  void aListenerThatWorksLongerThanALeaseKeepsItsCursor() {
    var free = new CountDownLatch(1);
    try (var second = new Node()) {
      var here = node.listen(new Recorder(name, mine, event -> TestLog.await(free)));
      publish(1);
      until(() -> !lease().isEmpty());
      var there = second.listen(new Recorder(name, mine));
      var first = lease();
      until(
          () ->
              log.query(
                      "select lease_until > ?::timestamptz + interval '3 s' from events_cursor"
                          + " where name = ?",
                      first,
                      name)
                  .equals("t"));
      free.countDown();
      until(() -> here.handled.size() == 1);
      assertThat(there.handled).isEmpty();
    }
  }

  private String lease() {
    var until = log.query("select lease_until from events_cursor where name = ?", name);
    return until == null ? "" : until;
  }

  @Test
  void aListenerThatComesBackHearsWhatItMissed() {
    var before = node.listen(new Recorder(name, mine));
    publish(1);
    until(() -> before.handled.size() == 1);
    node.dispatcher.removeListener(before);
    publish(2, 3);
    var after = node.listen(new Recorder(name, mine));
    publish(4);
    until(() -> after.handled.size() == 3);
    assertThat(before.numbers()).containsExactly(1);
    assertThat(after.numbers()).containsExactly(2, 3, 4);
  }

  @Test
  void aStoppedListenerFinishesTheEventInHandAndNoOther() throws Exception {
    var inHand = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    var listener =
        node.listen(
            new Recorder(
                name,
                mine,
                event -> {
                  inHand.countDown();
                  TestLog.await(finish);
                }));
    log.publish(Happened.at(tenant, subject, 1), Happened.at(tenant, subject, 2));
    TestLog.await(inHand);
    var stopping = Thread.ofVirtual().start(() -> node.dispatcher.removeListener(listener));
    until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    finish.countDown();
    stopping.join();
    assertThat(listener.numbers()).containsExactly(1);
    var after = node.listen(new Recorder(name, mine));
    until(() -> after.handled.size() == 1);
    assertThat(after.numbers()).containsExactly(2);
  }

  @Test
  void anUpdatedListenerTakesOverWhenTheOldOneEnds() {
    var old = node.listen(new Recorder(name, mine));
    publish(1);
    until(() -> old.handled.size() == 1);
    var updated = node.listen(new Recorder(name, mine));
    publish(2);
    until(() -> old.handled.size() == 2);
    node.dispatcher.removeListener(old);
    publish(3);
    until(() -> updated.handled.size() == 1);
    assertThat(updated.numbers()).containsExactly(3);
  }

  @Test
  void readersAreSignalledWhenAHeldEventBecomesReadable() {
    var listener = node.listen(new Recorder(name, mine));
    var calls = new AtomicInteger();
    var open = log.open(Happened.at(tenant, id(), 0));
    node.signals.on(Events.subjectTopic(subject), calls::incrementAndGet);
    node.signals.on(Events.topic(tenant), calls::incrementAndGet);
    publish(1);
    until(
        () ->
            log.events.placed(TestLog.PLATFORM, Position.START, 1000).stream()
                .anyMatch(Placed::held));
    assertThat(listener.handled).isEmpty();
    // A rollback raises no signal of its own.
    open.rollback();
    until(() -> listener.handled.size() == 1 && calls.get() >= 2);
    assertThat(List.copyOf(listener.numbers())).containsExactly(1);
  }

  @Test
  void noTransactionStaysOpenWhileAListenerWorks() {
    var inHand = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    node.listen(
        new Recorder(
            name,
            mine,
            event -> {
              inHand.countDown();
              TestLog.await(finish);
            }));
    publish(1);
    TestLog.await(inHand);
    until(
        () ->
            log.query(
                    "select count(*) from pg_stat_activity"
                        + " where state like 'idle in transaction%'")
                .equals("0"));
    finish.countDown();
  }
}
