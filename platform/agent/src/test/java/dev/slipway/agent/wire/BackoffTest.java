package dev.slipway.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void doublesToThirtySecondsWithJitterAndStartsAnew() {
    var backoff = new Backoff(new Random(1));
    long expected = 1000;
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(expected / 2), Duration.ofMillis(expected));
      expected = Math.min(expected * 2, 30_000);
    }
    backoff.reset();
    assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
  }
}
