package dev.slipway.deployments.store;

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

  /** Ways from one version to the next. */
  public enum Strategy {
    ROLLING,
    CANARY,
    /** The new version starts beside the old one, is checked, and then gets all requests. */
    BLUE_GREEN,
    RECREATE;

    /** Whether deployments go that way; they all go the same one, whatever else is set. */
    public boolean isFollowed() {
      return this == BLUE_GREEN;
    }
  }
}
