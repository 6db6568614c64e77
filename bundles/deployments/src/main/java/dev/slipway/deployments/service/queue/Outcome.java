package dev.slipway.deployments.service.queue;

import dev.slipway.api.Scope;
import dev.slipway.apps.AppStatus;
import dev.slipway.data.Database;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.service.action.Returns;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.approval.IntentStore;
import dev.slipway.deployments.store.instance.InstanceStore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How a deployment ends, and what that means for its app and for the version before. */
@Component(service = Outcome.class)
public final class Outcome {
  private static final String SUPERSEDED = "superseded by a newer deployment";

  private final DeploymentStore deployments;
  private final IntentStore intents;
  private final InstanceStore instances;
  private final Places places;
  private final Fleet fleet;
  private final Ledger ledger;
  private final Returns returns;
  private final Removals removals;

  @Activate
  public Outcome(
      @Reference Database database,
      @Reference Places places,
      @Reference Fleet fleet,
      @Reference Ledger ledger,
      @Reference Returns returns,
      @Reference Removals removals) {
    deployments = new DeploymentStore(database);
    intents = new IntentStore(database);
    instances = new InstanceStore(database);
    this.places = places;
    this.fleet = fleet;
    this.ledger = ledger;
    this.returns = returns;
    this.removals = removals;
  }

  /** The route leads to it: it takes the place of what was live, which is then removed. */
  public void live(Scope scope, DeploymentRow row) {
    var server = fleet.servers().require(scope, row.serverId());
    var host = places.hosts(scope, row.place(), server).stream().findFirst().orElse(null);
    var url = Names.url(host, server);
    deployments.live(row.place()).ifPresent(old -> retire(old, row));
    deployments.reachable(row.id(), url);
    deployments.move(row, DeploymentStatus.LIVE, null);
    places.changed(scope, row.place(), AppStatus.RUNNING, row.id(), host);
    ledger.publish(
        new DeploymentsEvent.Succeeded(
            row.tenantId(),
            row.appId(),
            row.id(),
            row.trigger(),
            row.serverId(),
            row.commitSha(),
            row.image(),
            url));
    ledger.succeeded(scope, row, url == null ? "Live" : "Live at " + url);
    returns.replaced(scope, row);
  }

  private void retire(DeploymentRow old, DeploymentRow by) {
    var rolledBack = by.rollbackOf() != null && !old.id().equals(by.rollbackOf());
    deployments.move(
        old, rolledBack ? DeploymentStatus.ROLLED_BACK : DeploymentStatus.SUPERSEDED, null);
    ledger.publish(
        rolledBack
            ? new DeploymentsEvent.RolledBack(old.tenantId(), old.appId(), old.id(), by.id())
            : new DeploymentsEvent.Superseded(old.tenantId(), old.appId(), old.id(), by.id()));
  }

  /**
   * It is not going to be live; what was, stays so.
   *
   * @param step what failed; null where nothing had begun
   */
  public void failed(Scope scope, DeploymentRow row, @Nullable StepRow step, String error) {
    var reason = ledger.shown(step == null ? error : reason(step, error));
    deployments.move(row, DeploymentStatus.FAILED, reason);
    intents.move(row.id(), IntentRow.Status.CANCELLED, null, reason);
    ledger.publish(
        new DeploymentsEvent.Failed(row.tenantId(), row.appId(), row.id(), row.trigger(), reason));
    ledger.failed(scope, row, step, reason);
    if (isCleared(scope, row)) {
      restore(scope, row, AppStatus.FAILED);
    }
  }

  /** Agents, too, say first what failed: nobody has to read it twice. */
  private static String reason(StepRow step, String error) {
    var failed = step.kind().failed();
    return error.regionMatches(true, 0, failed, 0, failed.length())
        ? failed + error.substring(failed.length())
        : failed + ": " + error;
  }

  /** It is called off. */
  public void cancelled(Scope scope, DeploymentRow row, String reason) {
    deployments.move(row, DeploymentStatus.CANCELLED, reason);
    intents.move(row.id(), IntentRow.Status.CANCELLED, null, reason);
    ledger.publish(new DeploymentsEvent.Cancelled(row.tenantId(), row.appId(), row.id(), reason));
    callOff(scope, row, reason);
  }

  /** Somebody who may turns it down before it begins. */
  public void rejected(Scope scope, DeploymentRow row, UUID by, String reason) {
    deployments.move(row, DeploymentStatus.REJECTED, reason);
    deployments.approval(row.id(), ApprovalState.REJECTED);
    intents.move(row.id(), IntentRow.Status.REJECTED, by, reason);
    ledger.publish(
        new DeploymentsEvent.Rejected(row.tenantId(), row.appId(), row.id(), by, reason));
    callOff(scope, row, reason);
  }

  private void callOff(Scope scope, DeploymentRow row, String reason) {
    ledger.cancelled(scope, row, reason);
    var cleared = isCleared(scope, row);
    // Whatever else is done there, or waits to be, says where it stands.
    if (cleared
        && places.status(scope, row.place()).filter(Places::isWorkedOn).isPresent()
        && deployments.unfinished(row.place()).isEmpty()) {
      restore(scope, row, AppStatus.CREATED);
    }
  }

  /** A newer one takes its place in the queue. */
  void superseded(Scope scope, DeploymentRow waiting, DeploymentRow by) {
    deployments.move(waiting, DeploymentStatus.SUPERSEDED, null);
    intents.move(waiting.id(), IntentRow.Status.CANCELLED, null, SUPERSEDED);
    ledger.publish(
        new DeploymentsEvent.Superseded(
            waiting.tenantId(), waiting.appId(), waiting.id(), by.id()));
    ledger.cancelled(scope, waiting, SUPERSEDED);
  }

  /**
   * Removes what a deployment has left, or has the requests led away from it first; false where the
   * version before has to be started for that, until when the app stands where it stands.
   */
  private boolean isCleared(Scope scope, DeploymentRow row) {
    removals.source(scope, row);
    var way = returns.begin(scope, row);
    if (way == Returns.Way.NONE) {
      remove(scope, row);
      returns.stayed(scope, row.place());
    }
    return way != Returns.Way.START;
  }

  private void remove(Scope scope, DeploymentRow row) {
    instances.routesOf(row.place()).stream()
        .filter(route -> route.deploymentId().equals(row.id()))
        .forEach(route -> removals.route(scope, route));
    instances.ofDeployment(row.id()).stream()
        .filter(instance -> !instance.leaving())
        .forEach(instance -> removals.instance(scope, instance));
  }

  private void restore(Scope scope, DeploymentRow row, AppStatus withoutVersion) {
    var before = Objects.requireNonNullElse(row.appStatusBefore(), AppStatus.CREATED);
    var now =
        switch (before) {
          case STOPPED, DEGRADED, FAILED -> before;
          default -> deployments.live(row.place()).isPresent() ? AppStatus.RUNNING : withoutVersion;
        };
    places.changed(scope, row.place(), now, null, null);
  }
}
