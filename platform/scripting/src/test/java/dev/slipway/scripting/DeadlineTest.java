package dev.slipway.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The timer has one thread, so what was due earlier is through when something later is. */
class DeadlineTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger passed = new AtomicInteger();
  private final Deadline deadline = new Deadline(timer, passed::incrementAndGet);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private void pass(Duration pause) throws InterruptedException {
    var later = new CountDownLatch(1);
    new Deadline(timer, later::countDown).set(pause);
    assertThat(later.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void passesOnce() throws Exception {
    deadline.set(Duration.ofMillis(1));
    pass(Duration.ofMillis(20));
    assertThat(passed).hasValue(1);
    pass(Duration.ofMillis(20));
    assertThat(passed).hasValue(1);
  }

  @Test
  void doesNotPassOnceItIsCalledOff() throws Exception {
    for (var i = 0; i < 100; i++) {
      deadline.set(Duration.ofSeconds(10));
      deadline.lift();
    }
    deadline.set(Duration.ofMillis(50));
    deadline.lift();
    pass(Duration.ofMillis(100));
    assertThat(passed).hasValue(0);
  }

  @Test
  void canBePutOff() throws Exception {
    deadline.set(Duration.ofMillis(50));
    deadline.set(Duration.ofHours(1));
    pass(Duration.ofMillis(100));
    assertThat(passed).hasValue(0);
  }

  @Test
  void canComeSooner() throws Exception {
    deadline.set(Duration.ofHours(1));
    deadline.set(Duration.ofMillis(1));
    pass(Duration.ofMillis(20));
    assertThat(passed).hasValue(1);
  }

  @Test
  void isHastenedAndNeverPutOffByThat() throws Exception {
    deadline.set(Duration.ofMillis(50));
    deadline.hasten(Duration.ofHours(1));
    pass(Duration.ofMillis(100));
    assertThat(passed).hasValue(1);
    deadline.set(Duration.ofHours(1));
    deadline.hasten(Duration.ofMillis(1));
    pass(Duration.ofMillis(20));
    assertThat(passed).hasValue(2);
  }

  @Test
  void isNotHastenedWhereThereIsNone() throws Exception {
    deadline.hasten(Duration.ofMillis(1));
    pass(Duration.ofMillis(20));
    assertThat(passed).hasValue(0);
  }

  @Test
  void passesAfterALookThatCameTooEarly() throws Exception {
    deadline.set(Duration.ofMillis(20));
    deadline.set(Duration.ofMillis(60));
    pass(Duration.ofMillis(120));
    assertThat(passed).hasValue(1);
  }
}
