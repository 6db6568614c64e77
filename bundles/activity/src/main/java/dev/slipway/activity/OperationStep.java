package dev.slipway.activity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of an operation.
 *
 * @param number place in the plan, from 1
 * @param message what it is doing or has done
 * @param error why it failed
 */
public record OperationStep(
    UUID id,
    UUID tenantId,
    UUID operationId,
    int number,
    String name,
    Status status,
    @Nullable String message,
    @Nullable String error,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Where a step stands. */
  public enum Status {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    SKIPPED;

    /** Whether it will never change again. */
    public boolean isFinal() {
      return this != PENDING && this != RUNNING;
    }
  }
}
