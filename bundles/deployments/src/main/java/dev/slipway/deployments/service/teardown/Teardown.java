package dev.slipway.deployments.service.teardown;

import dev.slipway.activity.Operations;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.Apps;
import dev.slipway.apps.VolumeFate;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Plan;
import dev.slipway.deployments.service.queue.Outcome;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.instance.RouteRow;
import dev.slipway.deployments.store.volume.ProjectRow;
import dev.slipway.deployments.store.volume.ProjectStore;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes a deleted app off its servers. */
@Component(service = Teardown.class)
public final class Teardown {
  private static final String REASON = "the app is being deleted";

  private final Database database;
  private final DeploymentStore deployments;
  private final InstanceStore instances;
  private final ProjectStore projects;
  private final RunStore runs;
  private final Apps apps;
  private final Places places;
  private final Fleet fleet;
  private final Operations operations;
  private final Outcome outcome;
  private final Engine engine;

  @Activate
  public Teardown(
      @Reference Database database,
      @Reference Places places,
      @Reference Fleet fleet,
      @Reference Operations operations,
      @Reference Outcome outcome,
      @Reference Engine engine) {
    this.database = database;
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
    projects = new ProjectStore(database);
    runs = new RunStore(database);
    apps = places.apps();
    this.places = places;
    this.fleet = fleet;
    this.operations = operations;
    this.outcome = outcome;
    this.engine = engine;
  }

  /**
   * Begins it; said again it changes nothing.
   *
   * @param operation the app's deletion, which this work reports to
   * @param volumes what becomes of what containers have in volumes
   */
  void begin(UUID tenantId, UUID appId, UUID operation, VolumeFate volumes) {
    var scope = Scope.tenant(tenantId);
    database.run(
        scope,
        () -> {
          deployments.gate(appId);
          var current = apps.find(scope, appId).filter(app -> operation.equals(app.deletionId()));
          var begun =
              runs.runningOfApp(appId).stream()
                  .anyMatch(row -> row.kind() == ActionRow.Kind.TEARDOWN);
          if (current.isPresent() && !begun) {
            callOff(scope, appId);
            start(scope, tenantId, appId, operation, volumes);
          }
        });
  }

  private void callOff(Scope scope, UUID appId) {
    deployments
        .openOfApp(appId)
        .forEach(
            row -> {
              engine.abandon(scope, row.id());
              outcome.cancelled(scope, row, REASON);
            });
    runs.runningOfApp(appId)
        .forEach(
            action -> {
              engine.abandon(scope, action.id());
              runs.end(action.id(), ActionRow.Status.FAILED, REASON);
              operations.fail(scope, action.operationId(), REASON);
            });
  }

  private void start(Scope scope, UUID tenantId, UUID appId, UUID operation, VolumeFate volumes) {
    var now = Times.now();
    var row =
        new ActionRow(
            Ids.next(),
            tenantId,
            appId,
            null,
            null,
            ActionRow.Kind.TEARDOWN,
            ActionRow.Status.RUNNING,
            operation,
            null,
            now,
            null,
            now);
    runs.insert(row);
    runs.plan(plan(scope, row, volumes));
    engine.wake(tenantId, row.id());
  }

  private List<StepRow> plan(Scope scope, ActionRow row, VolumeFate volumes) {
    var app = apps.require(scope, row.appId());
    var there = instances.ofApp(row.appId());
    var routes = instances.routesOf(row.appId());
    var servers =
        Stream.of(
                there.stream().map(InstanceRow::serverId),
                routes.stream().map(RouteRow::serverId),
                projects.ofApp(row.appId()).stream().map(ProjectRow::serverId),
                Stream.ofNullable(app.serverId()))
            .flatMap(ids -> ids)
            .distinct()
            .map(id -> fleet.servers().find(scope, id).orElse(null))
            .filter(Objects::nonNull)
            .toList();
    var labels =
        Stream.concat(Stream.of(Place.production(row.appId())), there.stream().map(Teardown::place))
            .filter(place -> places.exists(scope, place))
            .map(place -> places.label(scope, place))
            .distinct()
            .toList();
    var plan = new Plan(row.tenantId(), row.id());
    for (var server : servers) {
      if (Names.host(app.slug(), server) == null) {
        plan.each(StepKind.UNPROXY, server.id(), labels);
      }
      routes.stream()
          .filter(route -> route.serverId().equals(server.id()))
          .forEach(route -> plan.then(StepKind.UNROUTE, server.id(), route.domain()));
    }
    for (var server : servers) {
      there.stream()
          .filter(instance -> instance.serverId().equals(server.id()))
          .forEach(instance -> plan.then(StepKind.REMOVE, server.id(), instance.name()));
    }
    servers.forEach(server -> plan.then(StepKind.CLEANUP, server.id(), volumes.text()));
    return plan.steps();
  }

  private static Place place(InstanceRow instance) {
    return new Place(instance.appId(), instance.environmentId());
  }
}
