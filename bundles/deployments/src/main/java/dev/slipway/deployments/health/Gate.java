package dev.slipway.deployments.health;

import dev.slipway.deployments.health.Score.Component;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Whether a version may go on. */
public final class Gate {
  private Gate() {}

  /** What a version does not keep to, in words; empty where it may go on. */
  public static List<String> breaches(Vitals now, Score score, Limits limits) {
    var breaches = new ArrayList<String>();
    var most = limits.errorPercent();
    if (most != null && now.isTelling() && now.errorPercent() > most) {
      breaches.add(
          text(
              "%d of %d requests failed, %.1f %% where at most %.1f %% may",
              now.failed(), now.requests(), now.errorPercent(), most));
    }
    var slowest = limits.p95Ms();
    var latency = now.p95Ms();
    if (slowest != null && latency != null && now.isTelling() && latency > slowest) {
      breaches.add(
          text("the 95th percentile of latency is %.0f ms, above %d ms", latency, slowest));
    }
    if (score.score() < limits.score()) {
      breaches.add(
          text(
              "the health score is %d, below %d, most of all for its %s",
              score.score(), limits.score(), worst(score)));
    }
    return List.copyOf(breaches);
  }

  private static String worst(Score score) {
    return score.components().stream()
        .min(Comparator.comparingInt(Component::score))
        .map(each -> each.name().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .orElse("components");
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
