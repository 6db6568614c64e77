package dev.slipway.activity;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this feature says. */
public sealed interface ActivityEvent extends DomainEvent {

  /**
   * An operation or one of its steps has another status or message. The subject is the operation.
   *
   * @param operationType as in {@link Operation#type()}
   * @param step number of the step that changed; null where the operation itself did
   * @param stepName name of that step
   * @param stepStatus status of that step
   * @param message what that step is doing
   * @param error why the step, else the operation, failed or was cancelled
   */
  record Changed(
      UUID tenantId,
      UUID operationId,
      String operationType,
      String entityType,
      UUID entityId,
      @Nullable UUID referenceId,
      Operation.Status status,
      @Nullable Integer progress,
      int stepsTotal,
      int stepsDone,
      @Nullable Integer step,
      @Nullable String stepName,
      OperationStep.@Nullable Status stepStatus,
      @Nullable String message,
      @Nullable String error)
      implements ActivityEvent {

    /** The operation itself changed. */
    public static Changed of(Operation operation) {
      return of(operation, null);
    }

    /** A step of the operation changed. */
    public static Changed of(Operation operation, @Nullable OperationStep step) {
      return new Changed(
          operation.tenantId(),
          operation.id(),
          operation.type(),
          operation.entityType(),
          operation.entityId(),
          operation.referenceId(),
          operation.status(),
          operation.progress(),
          operation.stepsTotal(),
          operation.stepsDone(),
          step == null ? null : step.number(),
          step == null ? null : step.name(),
          step == null ? null : step.status(),
          step == null ? null : step.message(),
          step == null ? operation.error() : step.error());
    }

    @Override
    public String type() {
      return "activity.operation.changed";
    }

    @Override
    public UUID subjectId() {
      return operationId;
    }
  }
}
