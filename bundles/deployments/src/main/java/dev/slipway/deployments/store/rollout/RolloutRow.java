package dev.slipway.deployments.store.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How new versions of an app are to be rolled out.
 *
 * @param steps each with {@code weight_percent} and {@code pause_seconds}
 * @param bakeSeconds how long a version is watched once all requests go there
 */
public record RolloutRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    Strategy strategy,
    List<Map<String, Integer>> steps,
    int minHealthScore,
    int bakeSeconds,
    boolean autoRollback,
    @Nullable Double maxErrorRatePercent,
    @Nullable Integer maxLatencyP95Ms,
    Instant createdAt,
    Instant updatedAt) {

  /** The same, without a time to watch the new version. */
  public RolloutRow unwatched() {
    return new RolloutRow(
        id,
        tenantId,
        appId,
        strategy,
        steps,
        minHealthScore,
        0,
        autoRollback,
        maxErrorRatePercent,
        maxLatencyP95Ms,
        createdAt,
        updatedAt);
  }

  /** Ways from one version to the next. */
  public enum Strategy {
    /** Instance by instance, each new one in the place of an old one. */
    ROLLING,
    /** The new version gets a growing share of the requests while it is watched. */
    CANARY,
    /** The new version starts beside the old one, is checked, and then gets all requests. */
    BLUE_GREEN,
    /** The old version ends before the new one starts. */
    RECREATE
  }
}
