package dev.slipway.deployments.service.course;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.service.queue.Outcome;
import dev.slipway.deployments.service.rollout.Rollouts;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.approval.IntentStore;
import dev.slipway.fleet.Server;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Starts deployments whose turn it is, and leads them from stage to stage. */
@Component(service = Stages.class)
public final class Stages {
  private final DeploymentStore deployments;
  private final IntentStore intents;
  private final RunStore runs;
  private final Places places;
  private final Fleet fleet;
  private final Ledger ledger;
  private final Outcome outcome;
  private final Rollouts rollouts;

  @Activate
  public Stages(
      @Reference Database database,
      @Reference Places places,
      @Reference Fleet fleet,
      @Reference Ledger ledger,
      @Reference Outcome outcome,
      @Reference Rollouts rollouts) {
    deployments = new DeploymentStore(database);
    intents = new IntentStore(database);
    runs = new RunStore(database);
    this.places = places;
    this.fleet = fleet;
    this.ledger = ledger;
    this.outcome = outcome;
    this.rollouts = rollouts;
  }

  /**
   * Starts a deployment that waits, if nothing else is done to its app; false where it goes on
   * waiting.
   */
  boolean start(Scope scope, DeploymentRow row) {
    if (!places.isOpen(scope, row.place())) {
      outcome.cancelled(scope, row, "its app or environment is being deleted");
      return false;
    }
    if (isBlocked(row)) {
      if (row.status() == DeploymentStatus.PENDING) {
        deployments.move(row, DeploymentStatus.QUEUED, null);
      }
      return false;
    }
    var server = fleet.servers().find(scope, row.serverId());
    if (server.isEmpty()) {
      outcome.failed(scope, row, null, "the server is gone");
      return false;
    }
    begin(scope, row, server.get());
    return true;
  }

  /** In the order in which they came, whoever is looked at first. */
  private boolean isBlocked(DeploymentRow row) {
    return deployments.active(row.place()).isPresent()
        || runs.running(row.place()).isPresent()
        || !deployments.waiting(row.place()).getFirst().id().equals(row.id());
  }

  private void begin(Scope scope, DeploymentRow row, Server server) {
    var place = row.place();
    var before = places.status(scope, place).orElseThrow();
    var builds = Drafts.builds(row);
    runs.plan(rollouts.plan(scope, row, server));
    if (!Places.isWorkedOn(before)) {
      // Something was done to the app while this deployment waited.
      deployments.began(row.id(), before);
    }
    deployments.move(row, builds ? DeploymentStatus.CLONING : DeploymentStatus.DEPLOYING, null);
    intents.move(row.id(), IntentRow.Status.DISPATCHED, null, null);
    places.changed(scope, place, Places.workedOn(builds), null, null);
    places.placed(scope, place, server.id());
    ledger.publish(
        new DeploymentsEvent.Started(
            row.tenantId(), row.appId(), row.id(), row.trigger(), row.serverId()));
    if (!builds) {
      ledger.skipsBuild(scope, row);
    }
  }

  /** The deployment comes to a stage, or is in it already. */
  DeploymentRow enter(Scope scope, DeploymentRow row, DeploymentStatus stage) {
    if (row.status() == stage) {
      return row;
    }
    var moved = deployments.move(row, stage, null);
    places.changed(
        scope, row.place(), Places.workedOn(stage == DeploymentStatus.BUILDING), null, null);
    return moved;
  }
}
