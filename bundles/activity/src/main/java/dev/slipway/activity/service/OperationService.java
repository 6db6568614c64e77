package dev.slipway.activity.service;

import dev.slipway.activity.ActivityEvent;
import dev.slipway.activity.Operation;
import dev.slipway.activity.OperationFilter;
import dev.slipway.activity.OperationStep;
import dev.slipway.activity.Operations;
import dev.slipway.activity.store.OperationStore;
import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The account of long-running work, for the features that do it and the clients that watch it. */
@Component(service = {OperationService.class, Operations.class})
public final class OperationService implements Operations {
  private static final int STALLED_BATCH = 100;

  private final Database db;
  private final OperationStore store;
  private final Events events;

  @Activate
  public OperationService(
      @Reference Database db, @Reference OperationStore store, @Reference Events events) {
    this.db = db;
    this.store = store;
    this.events = events;
  }

  /** The caller's tenant's operations, newest first. */
  public Page<Operation> list(Caller caller, OperationFilter filter, PageRequest page) {
    return db.read(Scope.of(caller), () -> store.list(filter, page));
  }

  /** One operation of the caller's tenant. */
  public Operation get(Caller caller, UUID id) {
    return db.read(Scope.of(caller), () -> store.get(id));
  }

  /** An operation of the caller's tenant and its steps. */
  public Plan plan(Caller caller, UUID id) {
    return db.read(Scope.of(caller), () -> new Plan(store.get(id), store.steps(id)));
  }

  /** An operation and what is kept of its steps. */
  public record Plan(Operation operation, List<OperationStep> steps) {
    public Plan {
      steps = List.copyOf(steps);
    }

    /** Whether it had steps that are no longer kept. */
    public boolean pruned() {
      return steps.size() < operation.stepsTotal();
    }
  }

  @Override
  public UUID start(Scope scope, Draft draft) {
    if (!(scope instanceof Scope.Tenant tenant)) {
      throw new IllegalArgumentException("an operation belongs to a tenant");
    }
    var operation = Transition.opened(tenant.tenantId(), draft, Instant.now());
    db.run(
        scope,
        () -> {
          store.insert(operation, draft.steps());
          events.publish(ActivityEvent.Changed.of(operation));
        });
    return operation.id();
  }

  @Override
  public void stepRunning(Scope scope, UUID operation, int number, @Nullable String message) {
    step(scope, operation, number, OperationStep.Status.RUNNING, message, null);
  }

  @Override
  public void stepDone(Scope scope, UUID operation, int number, @Nullable String message) {
    step(scope, operation, number, OperationStep.Status.SUCCEEDED, message, null);
  }

  @Override
  public void stepFailed(Scope scope, UUID operation, int number, String error) {
    step(scope, operation, number, OperationStep.Status.FAILED, null, error);
  }

  @Override
  public void stepSkipped(Scope scope, UUID operation, int number, @Nullable String message) {
    step(scope, operation, number, OperationStep.Status.SKIPPED, message, null);
  }

  @Override
  public void succeed(Scope scope, UUID operation) {
    db.run(scope, () -> end(store.lock(operation), Operation.Status.SUCCEEDED, null));
  }

  @Override
  public void fail(Scope scope, UUID operation, String error) {
    db.run(scope, () -> end(store.lock(operation), Operation.Status.FAILED, error));
  }

  @Override
  public void cancel(Scope scope, UUID operation, String reason) {
    db.run(scope, () -> end(store.lock(operation), Operation.Status.CANCELLED, reason));
  }

  /**
   * Fails operations that have been running without a sign of progress since then, at most a
   * hundred.
   *
   * @return how many
   */
  public int failStalled(Instant since) {
    var scope = Scope.platform("watch over the operations of all tenants");
    var failed = 0;
    for (var found : db.read(scope, () -> store.stalled(since, STALLED_BATCH))) {
      failed += failIfStalled(found, since) ? 1 : 0;
    }
    return failed;
  }

  private boolean failIfStalled(Operation found, Instant since) {
    return db.write(
        Scope.tenant(found.tenantId()),
        () -> {
          var operation = store.lock(found.id());
          // It may have gone on since it was found.
          return operation.updatedAt().isBefore(since)
              && end(operation, Operation.Status.FAILED, "no progress");
        });
  }

  private void step(
      Scope scope,
      UUID id,
      int number,
      OperationStep.Status status,
      @Nullable String message,
      @Nullable String error) {
    db.run(
        scope,
        () -> {
          var operation = store.lock(id);
          var step = store.step(id, number);
          if (step == null) {
            throw new IllegalArgumentException("operation " + id + " has no step " + number);
          }
          if (operation.status().isFinal() || step.status().isFinal()) {
            return;
          }
          var now = Instant.now();
          var changed = Transition.step(step, status, message, error, now);
          var after = Transition.afterStep(operation, changed, now);
          if (changed.equals(step)) {
            store.update(after);
          } else {
            store.update(after, changed);
            events.publish(ActivityEvent.Changed.of(after, changed));
          }
        });
  }

  private boolean end(Operation operation, Operation.Status status, @Nullable String error) {
    if (operation.status().isFinal()) {
      return false;
    }
    var now = Instant.now();
    var ended = Transition.ended(operation, status, error, now);
    var running =
        switch (status) {
          case SUCCEEDED -> OperationStep.Status.SUCCEEDED;
          case FAILED -> OperationStep.Status.FAILED;
          default -> OperationStep.Status.SKIPPED;
        };
    var stepError = status == Operation.Status.FAILED ? ended.error() : null;
    var steps = store.endSteps(operation.id(), running, stepError, now);
    var counted =
        status == Operation.Status.SUCCEEDED ? Transition.withStepsDone(ended, steps) : ended;
    store.update(counted);
    events.publish(ActivityEvent.Changed.of(counted));
    return true;
  }
}
