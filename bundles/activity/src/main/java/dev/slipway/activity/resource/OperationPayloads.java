package dev.slipway.activity.resource;

import dev.slipway.activity.Operation;
import dev.slipway.activity.OperationStep;
import dev.slipway.activity.service.OperationService;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operations as clients see them. */
public final class OperationPayloads {
  private OperationPayloads() {}

  public record View(
      UUID id,
      UUID tenantId,
      String type,
      String entityType,
      UUID entityId,
      @Nullable UUID referenceId,
      Operation.Status status,
      @Nullable Integer progress,
      @Nullable String error,
      @Nullable UUID startedBy,
      int stepsTotal,
      int stepsDone,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      Map<String, Object> metadata) {

    public static View of(Operation operation) {
      return new View(
          operation.id(),
          operation.tenantId(),
          operation.type(),
          operation.entityType(),
          operation.entityId(),
          operation.referenceId(),
          operation.status(),
          operation.progress(),
          operation.error(),
          operation.startedBy(),
          operation.stepsTotal(),
          operation.stepsDone(),
          operation.createdAt(),
          operation.startedAt(),
          operation.finishedAt(),
          operation.metadata());
    }
  }

  public record StepView(
      UUID operationId,
      int number,
      String name,
      OperationStep.Status status,
      @Nullable String message,
      @Nullable String error,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Long durationMs) {

    public static StepView of(OperationStep step) {
      return new StepView(
          step.operationId(),
          step.number(),
          step.name(),
          step.status(),
          step.message(),
          step.error(),
          step.startedAt(),
          step.finishedAt(),
          step.startedAt() == null || step.finishedAt() == null
              ? null
              : Duration.between(step.startedAt(), step.finishedAt()).toMillis());
    }
  }

  public record OperationAnswer(View operation) {}

  public record OperationsAnswer(List<View> operations, long total, int limit, int offset) {
    public static OperationsAnswer of(Page<Operation> page, PageRequest asked) {
      var views = page.map(View::of);
      return new OperationsAnswer(views.items(), views.total(), asked.limit(), asked.offset());
    }
  }

  public record StepsAnswer(UUID operationId, List<StepView> steps, boolean pruned) {
    public static StepsAnswer of(OperationService.Plan plan) {
      return new StepsAnswer(
          plan.operation().id(), plan.steps().stream().map(StepView::of).toList(), plan.pruned());
    }
  }
}
