package dev.slipway.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.jobs.RegisteredJob.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RegisteredJobTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void tellsHowARunEnded() {
    assertThat(new RegisteredJob(new TestJob("j", () -> {})).run()).contains(new Outcome.Done());
    var failure = new NoClassDefFoundError("on/purpose");
    var failing =
        new RegisteredJob(
            new TestJob(
                "j",
                () -> {
                  throw failure;
                }));
    assertThat(failing.run()).contains(new Outcome.Failed(failure));
  }

  @Test
  void firstRunsAfterItsPauseButNeitherAtOnceNorLate() {
    var now = Instant.EPOCH;
    assertThat(job(Duration.ZERO).first(now)).isEqualTo(now.plusSeconds(1));
    assertThat(job(Duration.ofSeconds(3)).first(now)).isEqualTo(now.plusSeconds(3));
    assertThat(job(Duration.ofDays(1)).first(now)).isEqualTo(now.plusSeconds(10));
  }

  private static RegisteredJob job(Duration every) {
    return new RegisteredJob(new TestJob("j", every, () -> {}));
  }

  @Test
  void aClosedJobDoesNotRun() throws Exception {
    var job = job(Duration.ofSeconds(1));
    job.close(LONG);
    assertThat(job.run()).isEmpty();
  }

  @Test
  void closingWaitsForTheRun() throws Exception {
    var begun = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var job =
        new RegisteredJob(
            new TestJob(
                "j",
                () -> {
                  begun.countDown();
                  free.await();
                }));
    var run = CompletableFuture.supplyAsync(job::run, Thread.ofVirtual()::start);
    begun.await();
    assertThat(job.run()).as("one run at a time").isEmpty();
    Thread.ofVirtual().start(free::countDown);
    job.close(LONG);
    assertThat(run.join()).contains(new Outcome.Done());
  }

  @Test
  void aRunThatIsInterruptedForItsBundleIsHandedBack() throws Exception {
    var begun = new CountDownLatch(1);
    var job =
        new RegisteredJob(
            new TestJob(
                "j",
                () -> {
                  begun.countDown();
                  new CountDownLatch(1).await();
                }));
    var run =
        CompletableFuture.supplyAsync(
            () -> {
              Optional<Outcome> outcome = job.run();
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              return outcome;
            },
            Thread.ofVirtual()::start);
    begun.await();
    job.close(Duration.ofMillis(20));
    assertThat(run.join()).contains(new Outcome.HandedBack());
  }

  @Test
  void namesAreBounded() {
    assertThatThrownBy(() -> new RegisteredJob(new TestJob("x".repeat(201), () -> {})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RegisteredJob(new TestJob(" ", () -> {})))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
