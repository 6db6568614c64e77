package dev.slipway.agent.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NamedLocksTest {
  private final NamedLocks turns = new NamedLocks();

  @Test
  void oneAtATimeWorksOnAName() throws Exception {
    var within = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new AtomicInteger();
    var threads = new Thread[8];
    for (var i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (var k = 0; k < 200; k++) {
                      try (var _ = turns.take("shop")) {
                        most.accumulateAndGet(within.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        within.decrementAndGet();
                        done.incrementAndGet();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }
                  });
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(done.get()).isEqualTo(1600);
    assertThat(most.get()).isEqualTo(1);
    assertThat(turns.size()).as("nothing is remembered").isZero();
  }

  @Test
  void othersDoNotWait() throws Exception {
    try (var _ = turns.take("shop");
        var _ = turns.take("blog")) {
      assertThat(turns.size()).isEqualTo(2);
    }
    assertThat(turns.size()).isZero();
  }

  @Test
  void whoeverIsToldToStopWaitsNoMore() throws Exception {
    var stopped = new CountDownLatch(1);
    try (var _ = turns.take("shop")) {
      var waiting =
          Thread.ofPlatform()
              .start(
                  () -> {
                    assertThatThrownBy(() -> turns.take("shop"))
                        .isInstanceOf(InterruptedException.class);
                    stopped.countDown();
                  });
      waiting.interrupt();
      assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(turns.size()).isEqualTo(1);
    }
    assertThat(turns.size()).isZero();
  }
}
