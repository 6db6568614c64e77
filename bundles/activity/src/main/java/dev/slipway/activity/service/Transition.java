package dev.slipway.activity.service;

import dev.slipway.activity.Operation;
import dev.slipway.activity.OperationStep;
import dev.slipway.activity.Operations;
import dev.slipway.api.Ids;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operation and a step look like after a change. */
final class Transition {
  private static final int MAX_TEXT = 2000;

  private Transition() {}

  static Operation opened(UUID tenantId, Operations.Draft draft, Instant now) {
    return new Operation(
        Ids.next(),
        tenantId,
        draft.type(),
        draft.entityType(),
        draft.entityId(),
        draft.referenceId(),
        Operation.Status.QUEUED,
        draft.steps().isEmpty() ? null : 0,
        null,
        draft.startedBy(),
        draft.steps().size(),
        0,
        draft.metadata(),
        now,
        now,
        null,
        null);
  }

  static OperationStep step(
      OperationStep step,
      OperationStep.Status status,
      @Nullable String message,
      @Nullable String error,
      Instant now) {
    return new OperationStep(
        step.id(),
        step.tenantId(),
        step.operationId(),
        step.number(),
        step.name(),
        status,
        message == null ? step.message() : text(message),
        text(error),
        // A step that was skipped or failed before it began has no start.
        step.startedAt() == null && begins(status) ? now : step.startedAt(),
        status.isFinal() ? now : null);
  }

  static Operation afterStep(Operation operation, OperationStep step, Instant now) {
    var done =
        switch (step.status()) {
          case SUCCEEDED, SKIPPED -> operation.stepsDone() + 1;
          case PENDING, RUNNING, FAILED -> operation.stepsDone();
        };
    return with(operation, Operation.Status.RUNNING, null, done, now);
  }

  static Operation ended(
      Operation operation, Operation.Status status, @Nullable String error, Instant now) {
    return with(operation, status, text(error), operation.stepsDone(), now);
  }

  /** With this many more steps done. */
  static Operation withStepsDone(Operation operation, int more) {
    return with(
        operation,
        operation.status(),
        operation.error(),
        operation.stepsDone() + more,
        operation.updatedAt());
  }

  private static Operation with(
      Operation operation,
      Operation.Status status,
      @Nullable String error,
      int stepsDone,
      Instant now) {
    return new Operation(
        operation.id(),
        operation.tenantId(),
        operation.type(),
        operation.entityType(),
        operation.entityId(),
        operation.referenceId(),
        status,
        progress(status, stepsDone, operation.stepsTotal()),
        error,
        operation.startedBy(),
        operation.stepsTotal(),
        stepsDone,
        operation.metadata(),
        operation.createdAt(),
        now,
        startedAt(operation, status, now),
        status.isFinal() ? now : null);
  }

  private static @Nullable Integer progress(Operation.Status status, int done, int total) {
    if (status == Operation.Status.SUCCEEDED) {
      return 100;
    }
    return total == 0 ? null : done * 100 / total;
  }

  /** Work that ended before it began, such as a cancelled one, has no start. */
  private static @Nullable Instant startedAt(
      Operation operation, Operation.Status status, Instant now) {
    var begins = status == Operation.Status.RUNNING || status == Operation.Status.SUCCEEDED;
    return operation.startedAt() == null && begins ? now : operation.startedAt();
  }

  private static boolean begins(OperationStep.Status status) {
    return status == OperationStep.Status.RUNNING || status == OperationStep.Status.SUCCEEDED;
  }

  /** Text of an agent or a build may be long, and may hold NUL, which no text column takes. */
  private static @Nullable String text(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    var clean = raw.replace('\0', '\uFFFD');
    return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT - 1) + "…";
  }
}
