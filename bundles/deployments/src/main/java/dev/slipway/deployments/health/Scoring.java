package dev.slipway.deployments.health;

import dev.slipway.deployments.health.Score.Component;
import dev.slipway.deployments.health.Score.Name;
import dev.slipway.deployments.health.Score.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a score of what was measured. Each component goes from 100, as good as the version before,
 * down to 0; the score is their mean by weight, yet no more than {@value #MERCY} above the worst of
 * them: what is broken is not made up for by what is not.
 */
public final class Scoring {
  private static final int MERCY = 50;
  private static final int FULL = 100;

  /** So many percent more failures than before leave nothing of the score. */
  private static final double WORST_ERRORS = 10;

  /** A little slower is as good; three times as slow is nothing. */
  private static final double SLOWER = 1.2;

  private static final double WORST_SLOWER = 3;

  /** Whoever was faster than that before may be slower now: a program that has just begun is. */
  private static final double FAST_MS = 50;

  private static final int PER_RESTART = 50;
  private static final double MEMORY_TIGHT = 80;
  private static final int HEALTHY = 80;
  private static final int DEGRADED = 50;

  private final Vitals now;
  private final Vitals before;
  private final Limits limits;
  private final List<Component> components = new ArrayList<>();

  private Scoring(Vitals now, Vitals before, Limits limits) {
    this.now = now;
    this.before = before;
    this.limits = limits;
  }

  /**
   * Scores a version.
   *
   * @param before the version that it is held against; {@link Vitals#NONE} without one
   */
  public static Score of(Vitals now, Vitals before, Limits limits) {
    return new Scoring(now, before, limits).score();
  }

  private Score score() {
    var baseline = before.isTelling() ? before : null;
    if (now.isTelling()) {
      errors(baseline);
      latency(baseline);
    }
    add(Name.RESTARTS, FULL - PER_RESTART * now.restarts(), now.restarts(), null);
    if (now.checks() > 0) {
      var passed = 100.0 * now.passed() / now.checks();
      add(Name.HEALTH_CHECKS, passed, passed, null);
    }
    var memory = now.memoryPercent();
    if (memory != null) {
      add(Name.SATURATION, falling(memory, MEMORY_TIGHT, FULL), memory, before.memoryPercent());
    }
    var mean =
        components.stream().mapToInt(each -> each.score() * each.weight()).sum()
            / components.stream().mapToInt(Component::weight).sum();
    var worst = components.stream().mapToInt(Component::score).min().orElse(FULL);
    var score = Math.min(mean, worst + MERCY);
    return new Score(score, verdict(score), List.copyOf(components));
  }

  private void errors(@Nullable Vitals baseline) {
    var usual = baseline == null ? 0 : baseline.errorPercent();
    var value = now.errorPercent();
    add(
        Name.ERROR_RATE,
        falling(value, usual, usual + WORST_ERRORS),
        value,
        baseline == null ? null : usual);
  }

  private void latency(@Nullable Vitals baseline) {
    var value = now.p95Ms();
    if (value == null) {
      return;
    }
    var usual = baseline == null ? null : baseline.p95Ms();
    if (usual != null) {
      var slower = value / Math.max(usual, FAST_MS);
      add(Name.LATENCY, falling(slower, SLOWER, WORST_SLOWER), value, usual);
    } else if (limits.p95Ms() != null) {
      add(Name.LATENCY, falling(value, limits.p95Ms(), 2.0 * limits.p95Ms()), value, null);
    }
  }

  /** 100 up to where it is good, 0 from where it is bad, and a line in between. */
  private static double falling(double value, double good, double bad) {
    return FULL * (bad - value) / (bad - good);
  }

  private void add(Name name, double score, double value, @Nullable Double baseline) {
    var within = (int) Math.round(Math.clamp(score, 0.0, FULL));
    components.add(new Component(name, within, name.weight(), value, baseline));
  }

  private Verdict verdict(int score) {
    if (score < DEGRADED) {
      return Verdict.UNHEALTHY;
    }
    if (score < HEALTHY) {
      return Verdict.DEGRADED;
    }
    return now.isTelling() ? Verdict.HEALTHY : Verdict.INSUFFICIENT_DATA;
  }
}
