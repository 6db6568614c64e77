package dev.slipway.deployments.service.course;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppProcess;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.engine.Course;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.ProcessUnit;
import dev.slipway.deployments.service.build.Builds;
import dev.slipway.deployments.service.order.Orders;
import dev.slipway.deployments.service.queue.Outcome;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.fleet.CommandRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployments as runs of the engine. */
@Component(service = Course.class, property = "run=deployment")
public final class DeploymentCourse implements Course {
  private final DeploymentStore deployments;
  private final InstanceStore instances;
  private final ProjectStore projects;
  private final Orders orders;
  private final Ledger ledger;
  private final Stages stages;
  private final Outcome outcome;
  private final Builds builds;

  @Activate
  public DeploymentCourse(
      @Reference Database database,
      @Reference Orders orders,
      @Reference Ledger ledger,
      @Reference Stages stages,
      @Reference Outcome outcome,
      @Reference Builds builds) {
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
    projects = new ProjectStore(database);
    this.orders = orders;
    this.ledger = ledger;
    this.stages = stages;
    this.outcome = outcome;
    this.builds = builds;
  }

  @Override
  public Optional<UUID> enter(UUID runId) {
    return deployments.enter(runId);
  }

  @Override
  public boolean ready(Scope scope, UUID runId) {
    var row = require(runId);
    return row.status().isActive() || row.status().isWaiting() && stages.start(scope, row);
  }

  @Override
  public boolean isFree(Scope scope, UUID runId, StepRow step) {
    if (step.kind() != StepKind.DEPLOY) {
      return true;
    }
    var row = require(runId);
    var free = orders.project(scope, row).map(projects::isFree).orElse(true);
    if (!free && row.status() != DeploymentStatus.DEPLOYING) {
      replacing(scope, row);
      ledger.waits(scope, row, "Waits until what was there under this name is taken down");
    }
    return free;
  }

  @Override
  public CommandRequest order(
      Scope scope, UUID runId, StepRow step, int attempt, List<StepRow> plan) {
    var row = enter(scope, require(runId), step, plan);
    ledger.begins(scope, row, step, attempt);
    return orders.of(scope, row, step, attempt, plan);
  }

  private DeploymentRow enter(Scope scope, DeploymentRow row, StepRow step, List<StepRow> plan) {
    return switch (step.kind()) {
      case DETECT, BUILD -> stages.enter(scope, row, DeploymentStatus.BUILDING);
      case RELEASE, STOP -> replacing(scope, row);
      case DEPLOY -> {
        // Before the command: from now on it may be there, whatever happens.
        instances.add(instance(row, step, AppProcess.WEB, Orders.replica(step, plan)));
        orders.project(scope, row).ifPresent(projects::put);
        builds.starts(scope, row);
        yield replacing(scope, row);
      }
      case PROCESS -> {
        var unit = ProcessUnit.named(step.requireTarget(), row.id());
        instances.add(instance(row, step, unit.process(), unit.number() - 1));
        yield replacing(scope, row);
      }
      case HEALTH -> stages.enter(scope, row, DeploymentStatus.HEALTH_CHECKING);
      default -> row;
    };
  }

  /** One by one, the first instances are checked before the last ones start. */
  private DeploymentRow replacing(Scope scope, DeploymentRow row) {
    return row.status() == DeploymentStatus.HEALTH_CHECKING
        ? row
        : stages.enter(scope, row, DeploymentStatus.DEPLOYING);
  }

  private static InstanceRow instance(
      DeploymentRow row, StepRow step, String process, int replica) {
    return new InstanceRow(
        Ids.next(),
        row.tenantId(),
        row.appId(),
        row.environmentId(),
        row.id(),
        step.serverId(),
        step.requireTarget(),
        replica,
        false,
        null,
        0,
        null,
        process);
  }

  @Override
  public void done(Scope scope, UUID runId, StepRow step, List<StepRow> plan) {
    var row = require(runId);
    switch (step.kind()) {
      case CLONE -> deployments.cloned(runId, Objects.requireNonNull(step.result()));
      case BUILD -> builds.built(scope, row, step, plan);
      case ROUTE, SHIFT -> orders.routed(scope, row, step, plan);
      default -> {}
    }
    if (Ledger.endsStage(step, plan)) {
      ledger.done(scope, row, step);
    }
  }

  @Override
  public void succeed(Scope scope, UUID runId) {
    outcome.live(scope, require(runId));
  }

  @Override
  public void fail(Scope scope, UUID runId, StepRow step, String error, List<StepRow> plan) {
    var row = require(runId);
    if (step.kind() == StepKind.BUILD) {
      builds.failed(scope, row, step, plan);
    }
    outcome.failed(scope, row, step, error);
  }

  private DeploymentRow require(UUID runId) {
    return deployments
        .find(runId)
        .orElseThrow(() -> new IllegalStateException("deployment " + runId + " is gone"));
  }
}
