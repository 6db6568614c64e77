package dev.slipway.deployments.resource;

import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.store.approval.IntentRow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Places in the queue as clients see them. */
public final class IntentPayloads {
  private IntentPayloads() {}

  /**
   * An intent.
   *
   * @param deploymentId null until the deployment starts
   */
  public record View(
      UUID id,
      UUID appId,
      @Nullable UUID environmentId,
      @Nullable String branch,
      @Nullable String commitSha,
      DeploymentTrigger trigger,
      IntentRow.Reason reason,
      IntentRow.Status status,
      int position,
      @Nullable UUID deploymentId,
      @Nullable UUID decidedBy,
      @Nullable String decisionReason,
      @Nullable UUID requestedBy,
      Instant createdAt,
      Instant updatedAt) {

    static View of(IntentRow row) {
      return new View(
          row.id(),
          row.appId(),
          row.environmentId(),
          row.branch(),
          row.commitSha(),
          row.trigger(),
          row.reason(),
          row.status(),
          row.position(),
          row.status() == IntentRow.Status.DISPATCHED ? row.deploymentId() : null,
          row.decidedBy(),
          row.decisionReason(),
          row.requestedBy(),
          row.createdAt(),
          row.updatedAt());
    }
  }

  /** One intent. */
  public record IntentAnswer(View intent) {
    public static IntentAnswer of(IntentRow row) {
      return new IntentAnswer(View.of(row));
    }
  }

  /** Some intents, newest first. */
  public record IntentsAnswer(List<View> intents) {
    public static IntentsAnswer of(List<IntentRow> rows) {
      return new IntentsAnswer(rows.stream().map(View::of).toList());
    }
  }
}
