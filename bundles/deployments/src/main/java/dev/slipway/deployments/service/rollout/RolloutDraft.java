package dev.slipway.deployments.service.rollout;

import dev.slipway.api.CommonError;
import dev.slipway.deployments.store.rollout.RolloutRow.Strategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rollout policy to set.
 *
 * @param steps each with {@code weight_percent} and {@code pause_seconds}
 */
public record RolloutDraft(
    Strategy strategy,
    List<Map<String, Integer>> steps,
    int minHealthScore,
    int bakeSeconds,
    boolean autoRollback,
    @Nullable Double maxErrorRatePercent,
    @Nullable Integer maxLatencyP95Ms) {

  /** Refuses steps that lead nowhere: their weights must grow. */
  void check() {
    var last = 0;
    for (var step : steps) {
      var weight = step.getOrDefault("weight_percent", 0);
      if (weight <= last) {
        throw CommonError.INVALID.of().withField("steps", "weights must grow from step to step");
      }
      last = weight;
    }
    if (strategy == Strategy.CANARY && steps.isEmpty()) {
      throw CommonError.INVALID.of().withField("steps", "a canary needs at least one step");
    }
  }
}
