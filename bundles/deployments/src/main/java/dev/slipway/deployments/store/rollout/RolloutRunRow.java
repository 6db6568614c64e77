package dev.slipway.deployments.store.rollout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By which policy a deployment is rolled out, as it was when the deployment began.
 *
 * @param id the deployment's
 * @param strategy which is followed
 * @param note why it is not the one that was asked for; null where it is
 * @param breach which gate failed while the policy let the deployment go on; null = none
 * @param askedStep position of the watch at whose end scripts are asked; null = none yet
 * @param askedAt when its scripts had their turn; null while others keep them from it
 * @param answer why they do not let it pass; empty where they do, null where they have not said
 */
public record RolloutRunRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    RolloutRow.Strategy strategy,
    int minHealthScore,
    boolean autoRollback,
    @Nullable Double maxErrorRatePercent,
    @Nullable Integer maxLatencyP95Ms,
    @Nullable String note,
    @Nullable String breach,
    @Nullable Integer askedStep,
    @Nullable Instant askedAt,
    @Nullable String answer,
    Instant createdAt) {

  /** Whether scripts have yet to say something. */
  public boolean awaitsAnswer() {
    return askedStep != null && answer == null;
  }
}
