package dev.slipway.deployments.service.action;

import dev.slipway.activity.Operations;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.VolumeFate;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Course;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.fleet.CommandRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Restart, stop, start, teardown and the way back from a rollout as runs of the engine. */
@Component(service = Course.class, property = "run=action")
public final class ActionCourse implements Course {
  private final RunStore runs;
  private final InstanceStore instances;
  private final ProjectStore projects;
  private final Places places;
  private final Operations operations;
  private final ActionOrders orders;
  private final Ledger ledger;
  private final Returns returns;

  @Activate
  public ActionCourse(
      @Reference Database database,
      @Reference Places places,
      @Reference Operations operations,
      @Reference ActionOrders orders,
      @Reference Ledger ledger,
      @Reference Returns returns) {
    runs = new RunStore(database);
    instances = new InstanceStore(database);
    projects = new ProjectStore(database);
    this.places = places;
    this.operations = operations;
    this.orders = orders;
    this.ledger = ledger;
    this.returns = returns;
  }

  @Override
  public Optional<UUID> enter(UUID runId) {
    return runs.enter(runId);
  }

  @Override
  public boolean ready(Scope scope, UUID runId) {
    var row = require(runId);
    return row.status() == ActionRow.Status.RUNNING
        && (row.kind() != ActionRow.Kind.RETURN || returns.isFree(scope, row));
  }

  @Override
  public CommandRequest order(
      Scope scope, UUID runId, StepRow step, int attempt, List<StepRow> plan) {
    var row = require(runId);
    var target = step.target() == null ? "" : " " + step.target();
    operations.stepRunning(
        scope, row.operationId(), ActionPlan.number(step.kind()), step.kind().doing() + target);
    return orders.of(scope, row, step, attempt, plan);
  }

  /**
   * Old images may stay; data that is to go, and containers that a Compose file described, may not:
   * nobody would know of them once the app is forgotten.
   */
  @Override
  public boolean canPass(Scope scope, StepRow step) {
    return step.kind() != StepKind.CLEANUP
        || !VolumeFate.PURGE.text().equals(step.target())
            && projects.ofApp(require(step.runId()).appId()).stream()
                .noneMatch(project -> project.serverId().equals(step.serverId()));
  }

  @Override
  public void done(Scope scope, UUID runId, StepRow step, List<StepRow> plan) {
    switch (step.kind()) {
      case UNROUTE -> instances.unrouted(step.serverId(), step.requireTarget());
      case REMOVE -> instances.removed(step.serverId(), step.requireTarget());
      default -> orders.done(scope, require(runId), step, plan);
    }
    if (ActionPlan.endsNumber(step, plan)) {
      operations.stepDone(
          scope, require(runId).operationId(), ActionPlan.number(step.kind()), null);
    }
  }

  @Override
  public void succeed(Scope scope, UUID runId) {
    var row = require(runId);
    runs.end(runId, ActionRow.Status.SUCCEEDED, null);
    switch (row.kind()) {
      case TEARDOWN -> {
        // From now on another app can have its name, by which servers know some of this.
        instances.deleteOfApp(row.appId());
        places.apps().deleted(scope, row.appId());
      }
      case STOP -> ended(scope, row, AppStatus.STOPPED);
      case START, RESTART -> ended(scope, row, AppStatus.RUNNING);
      case RETURN -> returned(scope, row);
    }
  }

  /** Where the old version was stopped the app waits for this; else it has long been told. */
  private void returned(Scope scope, ActionRow row) {
    returns.clear(scope, row);
    operations.succeed(scope, row.operationId());
    if (isWorkedOn(scope, row)) {
      places.changed(scope, row.place(), AppStatus.RUNNING, null, null);
    }
  }

  private boolean isWorkedOn(Scope scope, ActionRow row) {
    return places.status(scope, row.place()).filter(Places::isWorkedOn).isPresent();
  }

  private void ended(Scope scope, ActionRow row, AppStatus status) {
    operations.succeed(scope, row.operationId());
    places.changed(scope, row.place(), status, null, null);
  }

  @Override
  public void fail(Scope scope, UUID runId, StepRow step, String error, List<StepRow> plan) {
    var row = require(runId);
    var reason = ledger.shown(step.kind().failed() + ": " + error);
    runs.end(runId, ActionRow.Status.FAILED, reason);
    operations.stepFailed(scope, row.operationId(), ActionPlan.number(step.kind()), reason);
    operations.fail(scope, row.operationId(), reason);
    switch (row.kind()) {
      // Whether it still runs is not known; it was not stopped as a whole.
      case STOP -> places.changed(scope, row.place(), AppStatus.DEGRADED, null, null);
      case START, RESTART -> places.changed(scope, row.place(), after(step), null, null);
      // The failed operation tells the apps feature.
      case TEARDOWN -> {}
      // Nobody knows who answers; whoever does is left alone.
      case RETURN -> places.changed(scope, row.place(), AppStatus.DEGRADED, null, null);
    }
  }

  /** Without a process it still answers requests. */
  private static AppStatus after(StepRow failed) {
    return failed.kind() == StepKind.ALIVE ? AppStatus.DEGRADED : AppStatus.FAILED;
  }

  private ActionRow require(UUID runId) {
    return runs.find(runId)
        .orElseThrow(() -> new IllegalStateException("action " + runId + " is gone"));
  }
}
