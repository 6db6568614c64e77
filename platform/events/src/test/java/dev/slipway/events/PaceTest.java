package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void pausesDoubleUpToTheLongest() {
    assertThat(Pace.NORMAL.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Pace.NORMAL.retryAfter(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Pace.NORMAL.retryAfter(9)).isEqualTo(Duration.ofSeconds(256));
    assertThat(Pace.NORMAL.retryAfter(10)).isEqualTo(Duration.ofMinutes(5));
    assertThat(Pace.NORMAL.retryAfter(1000)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aLeaseIsRenewedTwiceBeforeItIsNoLongerTrusted() {
    assertThat(Pace.NORMAL.renewal().multipliedBy(2)).isLessThan(Pace.NORMAL.trust());
    assertThat(Pace.NORMAL.trust()).isLessThan(Pace.NORMAL.lease());
  }
}
