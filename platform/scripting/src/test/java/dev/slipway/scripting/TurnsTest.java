package dev.slipway.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final UUID LOUD = UUID.randomUUID();
  private static final UUID QUIET = UUID.randomUUID();

  @Test
  void aTenantNeverHasAllPlaces() throws Exception {
    var turns = new Turns(2, 1, 10, 100);
    assertThat(turns.take(LOUD, LONG)).isTrue();
    assertThat(turns.take(LOUD, Duration.ofMillis(1))).isFalse();
    assertThat(turns.take(QUIET, LONG)).isTrue();
  }

  @Test
  void tenantsTakeTurnsHoweverMuchOneWants() throws Exception {
    var turns = new Turns(1, 1, 10, 100);
    assertThat(turns.take(LOUD, LONG)).isTrue();
    var order = new CopyOnWriteArrayList<UUID>();
    var first = waiting(turns, LOUD, order);
    var second = waiting(turns, LOUD, order);
    var third = waiting(turns, QUIET, order);
    turns.back(LOUD);
    for (var thread : List.of(first, second, third)) {
      thread.join();
    }
    assertThat(order).hasSize(3);
    assertThat(order.subList(0, 2)).as("the quiet one waits for one run at most").contains(QUIET);
  }

  private static Thread waiting(Turns turns, UUID tenant, List<UUID> order) {
    var thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    if (turns.take(tenant, LONG)) {
                      order.add(tenant);
                      turns.back(tenant);
                    }
                  } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                  }
                });
    Sandboxes.eventually(
        () -> thread.getState() == Thread.State.TIMED_WAITING, "it stands in the queue");
    return thread;
  }

  @Test
  void refusesAtOnceWhatWouldWaitTooLong() throws Exception {
    var turns = new Turns(1, 1, 1, 100);
    assertThat(turns.take(LOUD, LONG)).isTrue();
    var order = new CopyOnWriteArrayList<UUID>();
    var waiting = waiting(turns, LOUD, order);
    assertThat(turns.take(LOUD, LONG)).as("one waits already").isFalse();
    turns.back(LOUD);
    waiting.join();
    assertThat(turns.take(LOUD, LONG)).isTrue();
  }

  @Test
  void refusesWhatIsMoreThanWaitsInAll() throws Exception {
    var turns = new Turns(1, 1, 5, 1);
    assertThat(turns.take(LOUD, LONG)).isTrue();
    var waiting = waiting(turns, LOUD, new CopyOnWriteArrayList<>());
    assertThat(turns.take(QUIET, LONG)).isFalse();
    turns.back(LOUD);
    waiting.join();
  }

  @Test
  void whoseProcessWasKilledWaits() throws Exception {
    var turns = new Turns(2, 2, 5, 10);
    turns.punish(LOUD);
    assertThat(turns.take(LOUD, Duration.ofMillis(20))).isFalse();
    assertThat(turns.take(QUIET, Duration.ofMillis(20))).isTrue();
    assertThat(turns.take(LOUD, LONG)).as("the pause ends by itself").isTrue();
  }

  @Test
  void anInterruptThatMeetsAGrantLosesNoPlace() throws Exception {
    var turns = new Turns(1, 1, 5, 10);
    assertThat(turns.take(LOUD, LONG)).isTrue();
    var order = new CopyOnWriteArrayList<UUID>();
    var waiting = waiting(turns, QUIET, order);
    turns.lock.lock();
    try {
      waiting.interrupt();
      Sandboxes.eventually(() -> turns.lock.hasQueuedThread(waiting), "it has woken up");
      turns.back(LOUD);
    } finally {
      turns.lock.unlock();
    }
    waiting.join();
    assertThat(order).as("it was interrupted").isEmpty();
    assertThat(turns.take(LOUD, Duration.ofMillis(1))).as("the place is free").isTrue();
    turns.back(LOUD);
    assertThat(turns.take(QUIET, Duration.ofMillis(1))).isTrue();
  }

  @Test
  void aWaiterThatGivesUpLeavesNothingBehind() throws Exception {
    var turns = new Turns(1, 1, 1, 1);
    assertThat(turns.take(LOUD, LONG)).isTrue();
    assertThat(turns.take(QUIET, Duration.ofMillis(1))).isFalse();
    var interrupted = new CountDownLatch(1);
    var thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    turns.take(QUIET, LONG);
                  } catch (InterruptedException expected) {
                    interrupted.countDown();
                  }
                });
    Sandboxes.eventually(
        () -> thread.getState() == Thread.State.TIMED_WAITING, "it stands in the queue");
    thread.interrupt();
    interrupted.await();
    turns.back(LOUD);
    assertThat(turns.take(QUIET, LONG)).isTrue();
  }
}
