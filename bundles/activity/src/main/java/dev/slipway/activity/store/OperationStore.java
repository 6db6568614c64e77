package dev.slipway.activity.store;

import dev.slipway.activity.ActivityError;
import dev.slipway.activity.Operation;
import dev.slipway.activity.OperationFilter;
import dev.slipway.activity.OperationStep;
import dev.slipway.api.Ids;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Operations and steps as rows; every call needs a unit of work. */
@Component(service = OperationStore.class)
public final class OperationStore {
  private final OperationMapper operations;
  private final StepMapper steps;

  @Activate
  public OperationStore(@Reference Database database) {
    operations = database.mapper(OperationMapper.class);
    steps = database.mapper(StepMapper.class);
  }

  /** Refuses where there is none in this scope. */
  public Operation get(UUID id) {
    return existing(operations.find(id));
  }

  /**
   * As {@link #get}; whoever changes an operation or its steps holds this lock, so that changes
   * come one by one.
   */
  public Operation lock(UUID id) {
    return existing(operations.lock(id));
  }

  public Page<Operation> list(OperationFilter filter, PageRequest page) {
    return new Page<>(
        operations.list(filter, page.limit(), page.offset()), operations.count(filter));
  }

  public List<Operation> stalled(Instant before, int limit) {
    return operations.stalled(before, limit);
  }

  public void insert(Operation operation, List<String> stepNames) {
    operations.insert(operation);
    if (!stepNames.isEmpty()) {
      var ids = Stream.generate(Ids::next).limit(stepNames.size()).toArray(UUID[]::new);
      steps.insertAll(operation.tenantId(), operation.id(), ids, stepNames.toArray(String[]::new));
    }
  }

  public void update(Operation operation) {
    operations.update(operation);
  }

  public List<OperationStep> steps(UUID operation) {
    return steps.ofOperation(operation);
  }

  public @Nullable OperationStep step(UUID operation, int number) {
    return steps.byNumber(operation, number);
  }

  /** Writes an operation together with one of its steps. */
  public void update(Operation operation, OperationStep step) {
    operations.updateWithStep(operation, step);
  }

  /**
   * Ends running steps in the given status, with the error, and skips those that are pending.
   *
   * @return how many there were
   */
  public int endSteps(
      UUID operation, OperationStep.Status running, @Nullable String error, Instant now) {
    return steps.end(operation, running, error, now);
  }

  private static Operation existing(@Nullable Operation found) {
    if (found == null) {
      throw ActivityError.OPERATION_NOT_FOUND.of();
    }
    return found;
  }
}
