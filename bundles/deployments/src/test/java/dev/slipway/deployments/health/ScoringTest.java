package dev.slipway.deployments.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployments.health.Score.Component;
import dev.slipway.deployments.health.Score.Name;
import dev.slipway.deployments.health.Score.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringTest {
  static final Limits USUAL = new Limits(80, null, null);

  static Vitals vitals(long requests, long failed, @Nullable Double p95) {
    return new Vitals(requests, failed, p95, 0, 2, 2, null);
  }

  static Component component(Score score, Name name) {
    return score.components().stream()
        .filter(each -> each.name() == name)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void asGoodAsTheVersionBeforeIsAllThatIsWanted() {
    var score = Scoring.of(vitals(100, 3, 20.0), vitals(900, 27, 20.0), USUAL);
    assertThat(score.score()).isEqualTo(100);
    assertThat(score.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(component(score, Name.ERROR_RATE).value()).isEqualTo(3.0);
    assertThat(component(score, Name.ERROR_RATE).baseline()).isEqualTo(3.0);
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "2, 80", "5, 50", "10, 0", "60, 0"})
  void eachPercentMoreOfFailuresCostsTenOfTheirScore(int failed, int expected) {
    var score = Scoring.of(vitals(100, failed, 20.0), vitals(1000, 0, 20.0), USUAL);
    assertThat(component(score, Name.ERROR_RATE).score()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"200, 100", "240, 100", "420, 50", "600, 0", "6000, 0"})
  void latencyIsHeldAgainstTheVersionBefore(double p95, int expected) {
    var score = Scoring.of(vitals(100, 0, p95), vitals(1000, 0, 200.0), USUAL);
    assertThat(component(score, Name.LATENCY).score()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2, 100", "60, 100", "105, 50", "150, 0"})
  void aFewMillisecondsMoreAreNotHeldAgainstAnybody(double p95, int expected) {
    var score = Scoring.of(vitals(100, 0, p95), vitals(1000, 0, 2.0), USUAL);
    assertThat(component(score, Name.LATENCY).score()).isEqualTo(expected);
  }

  @Test
  void withoutAVersionBeforeLatencyIsHeldAgainstTheLimit() {
    var limits = new Limits(80, null, 100);
    assertThat(component(Scoring.of(vitals(50, 0, 150.0), Vitals.NONE, limits), Name.LATENCY))
        .isEqualTo(new Component(Name.LATENCY, 50, 20, 150.0, null));
    assertThat(Scoring.of(vitals(50, 0, 150.0), Vitals.NONE, USUAL).components())
        .noneMatch(each -> each.name() == Name.LATENCY);
  }

  @Test
  void whatIsBrokenIsNotMadeUpForByWhatIsNot() {
    var looping = new Vitals(1000, 0, 20.0, 2, 4, 4, 10.0);
    var score = Scoring.of(looping, vitals(1000, 0, 20.0), USUAL);
    assertThat(component(score, Name.RESTARTS).score()).isZero();
    assertThat(score.score()).isEqualTo(50);
    assertThat(score.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void fewRequestsAreNotJudged() {
    var score = Scoring.of(vitals(49, 4, 5_000.0), vitals(1000, 0, 20.0), USUAL);
    assertThat(score.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
    assertThat(score.components())
        .extracting(Component::name)
        .containsExactly(Name.RESTARTS, Name.HEALTH_CHECKS);
    assertThat(Gate.breaches(vitals(49, 4, 5_000.0), score, new Limits(80, 1.0, 10))).isEmpty();
  }

  @Test
  void fewRequestsThatFailAreJudged() {
    var vitals = vitals(6, 5, 5.0);
    var score = Scoring.of(vitals, Vitals.NONE, USUAL);
    assertThat(Gate.breaches(vitals, score, USUAL))
        .singleElement()
        .asString()
        .contains("health score", "error rate");
  }

  @Test
  void memoryCountsFromWhereItGetsTight() {
    var tight = new Vitals(0, 0, null, 0, 0, 0, 90.0);
    assertThat(component(Scoring.of(tight, Vitals.NONE, USUAL), Name.SATURATION).score())
        .isEqualTo(50);
  }

  @Test
  void aGateSaysWhatIsNotKeptTo() {
    var vitals = vitals(200, 25, 800.0);
    var score = Scoring.of(vitals, vitals(1000, 0, 100.0), USUAL);
    assertThat(Gate.breaches(vitals, score, new Limits(80, 5.0, 500)))
        .containsExactly(
            "25 of 200 requests failed, 12.5 % where at most 5.0 % may",
            "the 95th percentile of latency is 800 ms, above 500 ms",
            "the health score is 36, below 80, most of all for its error rate");
    assertThat(Gate.breaches(vitals, score, Limits.NONE)).isEmpty();
  }
}
