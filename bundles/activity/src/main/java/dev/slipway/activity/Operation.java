package dev.slipway.activity;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A long-running piece of work.
 *
 * @param type what is done, such as {@code deploy}
 * @param entityType noun of the object it is done to
 * @param entityId that object
 * @param referenceId the row that the work is about
 * @param progress percent of the steps that are done; null for an operation without steps that has
 *     not succeeded
 * @param error why it failed or was cancelled
 * @param startedBy the user, where there was one
 * @param stepsDone steps that have succeeded or were not needed
 * @param updatedAt last sign of progress
 */
public record Operation(
    UUID id,
    UUID tenantId,
    String type,
    String entityType,
    UUID entityId,
    @Nullable UUID referenceId,
    Status status,
    @Nullable Integer progress,
    @Nullable String error,
    @Nullable UUID startedBy,
    int stepsTotal,
    int stepsDone,
    Map<String, Object> metadata,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  public Operation {
    metadata = Map.copyOf(metadata);
  }

  /** Where an operation stands. */
  public enum Status {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether it will never change again. */
    public boolean isFinal() {
      return this != QUEUED && this != RUNNING;
    }
  }
}
