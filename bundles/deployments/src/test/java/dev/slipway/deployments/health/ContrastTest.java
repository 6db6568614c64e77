package dev.slipway.deployments.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.deployments.health.Contrast.Action;
import dev.slipway.deployments.health.Contrast.Delta;
import dev.slipway.deployments.health.Contrast.Requests;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastTest {
  static Requests of(long requests, long failed, double p95) {
    return new Requests(requests, failed, p95 / 2, p95, p95 * 2);
  }

  @ParameterizedTest
  @CsvSource({
    // Requests, failures and latency of the base, then of the candidate.
    "1000, 0, 20, 1000, 100, 20, ROLLBACK",
    "1000, 0, 20, 1000, 0, 20, KEEP",
    "1000, 0, 20, 1000, 5, 20, KEEP",
    "1000, 100, 20, 1000, 0, 20, KEEP",
    "60, 0, 20, 60, 1, 20, INCONCLUSIVE",
    "1000, 0, 20, 1000, 0, 400, ROLLBACK",
    "1000, 0, 2, 1000, 0, 8, KEEP",
    "49, 0, 20, 1000, 1000, 20, INCONCLUSIVE",
    "1000, 0, 20, 49, 49, 20, INCONCLUSIVE",
    "0, 0, 0, 0, 0, 0, INCONCLUSIVE",
    "100, 100, 20, 100, 100, 20, KEEP"
  })
  void adviceFollowsFromTheRequests(
      long base,
      long baseFailed,
      double baseP95,
      long next,
      long nextFailed,
      double nextP95,
      Action expected) {
    var advice = Contrast.advice(of(base, baseFailed, baseP95), of(next, nextFailed, nextP95));
    assertThat(advice.action()).as(advice.reason()).isEqualTo(expected);
    assertThat(advice.confidence()).isBetween(0.0, 1.0);
  }

  @Test
  void tooLittleIsSaidToBeTooLittle() {
    assertThat(Contrast.advice(of(3, 0, 1), of(7, 7, 1)).reason())
        .isEqualTo("not enough data: 3 requests of the base and 7 of the candidate, of 50 each");
  }

  @Test
  void routesAddUpByTheirRequests() {
    var total = Contrast.total(Map.of("/a", of(300, 3, 10), "/b", of(100, 1, 50)));
    assertThat(total.requests()).isEqualTo(400);
    assertThat(total.failed()).isEqualTo(4);
    assertThat(total.p95Ms()).isCloseTo(20.0, within(1e-9));
    assertThat(Contrast.total(Map.of())).isEqualTo(Requests.NONE);
  }

  @Test
  void whatHasNoBaseHasNoPercentOfIt() {
    assertThat(Delta.of(Requests.NONE, of(10, 1, 20))).isEqualTo(new Delta(10, null, null));
    assertThat(Delta.of(of(100, 1, 20), Requests.NONE)).isEqualTo(new Delta(-1, null, -100.0));
    assertThat(Delta.of(of(100, 1, 20), of(50, 1, 30))).isEqualTo(new Delta(1, 50.0, -50.0));
  }
}
