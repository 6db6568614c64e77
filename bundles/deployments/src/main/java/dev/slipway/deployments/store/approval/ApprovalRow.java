package dev.slipway.deployments.store.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user thinks of a deployment that is held. */
public record ApprovalRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    UUID deploymentId,
    UUID userId,
    Decision decision,
    @Nullable String comment,
    Instant createdAt) {

  /** Yes or no. */
  public enum Decision {
    APPROVED,
    REJECTED
  }
}
