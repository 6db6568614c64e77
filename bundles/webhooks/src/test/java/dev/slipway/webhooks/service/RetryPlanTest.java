package dev.slipway.webhooks.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
  @Test
  void theFirstThreeComeAfterOneFiveAndThirtyMinutes() {
    assertThat(IntStream.range(0, 3).mapToObj(n -> RetryPlan.next(n, null, 0).orElseThrow()))
        .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30));
  }

  @Test
  void theOthersGoOnForFourDays() {
    var all =
        IntStream.range(0, RetryPlan.ALL_RETRIES)
            .mapToObj(n -> RetryPlan.next(n, null, 0).orElseThrow())
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(all).isBetween(Duration.ofDays(4), Duration.ofDays(5));
    assertThat(RetryPlan.next(RetryPlan.ALL_RETRIES, null, 0)).isEmpty();
    assertThat(RetryPlan.next(RetryPlan.ALL_RETRIES, Duration.ofMinutes(1), 0)).isEmpty();
  }

  @Test
  void jitterAddsATenthAtMost() {
    assertThat(RetryPlan.next(0, null, 1)).contains(Duration.ofSeconds(66));
    assertThat(RetryPlan.next(0, null, 0.5)).contains(Duration.ofSeconds(63));
  }

  @Test
  void aWishCanOnlyMakeItLater() {
    assertThat(RetryPlan.next(1, Duration.ofSeconds(3), 0)).contains(Duration.ofMinutes(5));
    assertThat(RetryPlan.next(1, Duration.ofHours(3), 0)).contains(Duration.ofHours(3));
  }

  @Test
  void moreAreAnnouncedOnceThePromptOnesAreUsedUp() {
    assertThat(IntStream.rangeClosed(0, 4).map(RetryPlan::planned))
        .containsExactly(3, 3, 3, 10, 10);
  }

  @Test
  void thePauseDoublesUpToAMinuteAndHalvesToNothing() {
    var pause = RetryPlan.slower(Duration.ZERO);
    assertThat(pause).isEqualTo(Duration.ofSeconds(1));
    for (var i = 0; i < 20; i++) {
      pause = RetryPlan.slower(pause);
    }
    assertThat(pause).isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryPlan.faster(pause)).isEqualTo(Duration.ofSeconds(30));
    for (var i = 0; i < 6; i++) {
      pause = RetryPlan.faster(pause);
    }
    assertThat(pause).isZero();
  }
}
