package dev.slipway.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void letsSoManyThroughAndLaterMore() {
    var limit = new RateLimit(2, Duration.ofSeconds(10));
    assertThat(limit.allows("c", "d", 0)).isTrue();
    assertThat(limit.allows("c", "d", 0)).isTrue();
    assertThat(limit.allows("c", "d", 0)).isFalse();
    assertThat(limit.allows("c", "d", 4 * SECOND)).isFalse();
    assertThat(limit.allows("c", "d", 6 * SECOND)).isTrue();
    assertThat(limit.allows("c", "d", 6 * SECOND)).isFalse();
  }

  @Test
  void savesNoMoreUpThanMayComeAtOnce() {
    var limit = new RateLimit(2, Duration.ofSeconds(1));
    assertThat(limit.allows("c", "d", 0)).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThat(limit.allows("c", "d", 3600 * SECOND)).isTrue();
    }
    assertThat(limit.allows("c", "d", 3600 * SECOND)).isFalse();
  }

  @Test
  void countsClientsAndDomainsByThemselves() {
    var limit = new RateLimit(1, Duration.ofHours(1));
    assertThat(limit.allows("c", "d", 0)).isTrue();
    assertThat(limit.allows("c", "e", 0)).isTrue();
    assertThat(limit.allows("b", "d", 0)).isTrue();
    assertThat(limit.allows("c", "d", 1)).isFalse();
  }
}
