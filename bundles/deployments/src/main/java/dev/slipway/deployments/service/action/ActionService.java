package dev.slipway.deployments.service.action;

import dev.slipway.activity.Operations;
import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.volume.ProjectRow;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.fleet.ServerStatus;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Restarts, stops and starts what is live in an app's production. */
@Component(service = ActionService.class)
public final class ActionService {
  private final Database database;
  private final DeploymentStore deployments;
  private final InstanceStore instances;
  private final ProjectStore projects;
  private final RunStore runs;
  private final Apps apps;
  private final Fleet fleet;
  private final Operations operations;
  private final Engine engine;

  @Activate
  public ActionService(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Fleet fleet,
      @Reference Operations operations,
      @Reference Engine engine) {
    this.database = database;
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
    projects = new ProjectStore(database);
    runs = new RunStore(database);
    this.apps = apps;
    this.fleet = fleet;
    this.operations = operations;
    this.engine = engine;
  }

  /** Begins it, and answers with the operation. */
  public UUID request(Caller caller, UUID appId, ActionRow.Kind kind) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    return database.write(
        scope,
        () -> {
          deployments.gate(appId);
          if (apps.require(scope, appId).status() == AppStatus.DELETING) {
            throw DeploymentsError.APP_DELETING.of();
          }
          checkIdle(appId);
          var live =
              deployments
                  .live(Place.production(appId))
                  .orElseThrow(DeploymentsError.NOT_DEPLOYED::of);
          var targets = targets(scope, live);
          var operation =
              operations.start(
                  scope,
                  new Operations.Draft(
                      ActionPlan.operation(kind),
                      "app",
                      appId,
                      live.id(),
                      ActionPlan.steps(kind),
                      caller.userId()));
          begin(live, kind, operation, targets);
          return operation;
        });
  }

  private void checkIdle(UUID appId) {
    if (deployments.unfinished(Place.production(appId)).isPresent()) {
      throw DeploymentsError.BUSY.of("a deployment is in progress");
    }
    runs.running(Place.production(appId))
        .ifPresent(
            action -> {
              throw DeploymentsError.BUSY.of(
                  action.kind().name().toLowerCase(Locale.ROOT) + " is in progress");
            });
  }

  private List<InstanceRow> targets(Scope scope, DeploymentRow live) {
    var server =
        fleet.servers().find(scope, live.serverId()).orElseThrow(DeploymentsError.NOT_DEPLOYED::of);
    if (server.status() == ServerStatus.OFFLINE) {
      throw DeploymentsError.SERVER_OFFLINE.of(server.name());
    }
    var targets = instances.ofDeployment(live.id()).stream().filter(row -> !row.leaving()).toList();
    if (targets.isEmpty()) {
      throw DeploymentsError.NOT_DEPLOYED.of();
    }
    return targets;
  }

  private List<String> services(DeploymentRow live) {
    return projects.ofPlace(live.place(), live.serverId()).stream().map(ProjectRow::name).toList();
  }

  private void begin(
      DeploymentRow live, ActionRow.Kind kind, UUID operation, List<InstanceRow> targets) {
    var now = Times.now();
    var row =
        new ActionRow(
            Ids.next(),
            live.tenantId(),
            live.appId(),
            null,
            live.id(),
            kind,
            ActionRow.Status.RUNNING,
            operation,
            null,
            now,
            null,
            now);
    runs.insert(row);
    runs.plan(ActionPlan.of(kind, row.tenantId(), row.id(), targets, services(live)));
    engine.wake(row.tenantId(), row.id());
  }
}
