package dev.slipway.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  @Test
  void percentilesAreWithinABucketOfTheTruth() {
    var histogram = new LatencyHistogram();
    for (int ms = 1; ms <= 1000; ms++) {
      histogram.add(ms * 1_000_000L);
    }
    assertThat(histogram.percentile(0.50)).isCloseTo(500, Percentage.withPercentage(15));
    assertThat(histogram.percentile(0.99)).isCloseTo(990, Percentage.withPercentage(15));
  }

  @Test
  void extremesStayInBounds() {
    var histogram = new LatencyHistogram();
    assertThat(histogram.percentile(0.5)).isZero();
    histogram.add(0);
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.percentile(0.01)).isPositive();
    assertThat(histogram.percentile(1)).isFinite();
  }

  @Test
  void sumsAddUp() {
    var one = new LatencyHistogram();
    var two = new LatencyHistogram();
    one.add(1_000_000);
    two.add(100_000_000);
    one.add(two);
    assertThat(one.percentile(0.5)).isLessThan(2);
    assertThat(one.percentile(1)).isGreaterThan(90);
  }
}
