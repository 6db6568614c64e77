package dev.slipway.deployments.service.teardown;

import dev.slipway.activity.Operations;
import dev.slipway.api.Scope;
import dev.slipway.apps.VolumeFate;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.service.queue.Outcome;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.volume.ProjectRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes what runs in an environment that was removed off its servers. The account of what was
 * shipped there stays with the app.
 */
@Component(service = EnvironmentTeardown.class)
public final class EnvironmentTeardown {
  private static final String REASON = "its environment was removed";

  private final Database database;
  private final DeploymentStore deployments;
  private final InstanceStore instances;
  private final RunStore runs;
  private final Fleet fleet;
  private final Outcome outcome;
  private final Removals removals;
  private final Operations operations;
  private final Engine engine;

  @Activate
  public EnvironmentTeardown(
      @Reference Database database,
      @Reference Fleet fleet,
      @Reference Outcome outcome,
      @Reference Removals removals,
      @Reference Operations operations,
      @Reference Engine engine) {
    this.database = database;
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
    runs = new RunStore(database);
    this.fleet = fleet;
    this.outcome = outcome;
    this.removals = removals;
    this.operations = operations;
    this.engine = engine;
  }

  /**
   * Begins it; said again it changes nothing.
   *
   * @param label what edges that choose host names themselves know the environment by
   * @param volumes what becomes of what containers have in volumes
   */
  void begin(Scope scope, Place place, String label, VolumeFate volumes) {
    database.run(
        scope,
        () -> {
          deployments.gate(place.appId());
          callOff(scope, place, REASON);
          deployments
              .live(place)
              .ifPresent(row -> deployments.move(row, DeploymentStatus.SUPERSEDED, REASON));
          clear(
              scope,
              place,
              label,
              volumes == VolumeFate.PURGE ? ProjectRow.State.PURGING : ProjectRow.State.LEAVING);
        });
  }

  /** Calls off what goes on in a place; the gate must be held. */
  public void callOff(Scope scope, Place place, String reason) {
    deployments.openOfApp(place.appId()).stream()
        .filter(row -> row.place().equals(place))
        .forEach(row -> callOff(scope, row, reason));
    // After the deployments: the end of one may have begun a way back.
    runs.running(place)
        .ifPresent(
            action -> {
              engine.abandon(scope, action.id());
              runs.end(action.id(), ActionRow.Status.FAILED, reason);
              operations.fail(scope, action.operationId(), reason);
            });
  }

  private void callOff(Scope scope, DeploymentRow row, String reason) {
    engine.abandon(scope, row.id());
    outcome.cancelled(scope, row, reason);
  }

  /**
   * Takes what runs in a place off its servers, and leaves its deployments as they are; the gate
   * must be held.
   *
   * @param label what edges that choose host names themselves know the environment by
   */
  public void clear(Scope scope, Place place, String label) {
    clear(scope, place, label, ProjectRow.State.LEAVING);
  }

  private void clear(Scope scope, Place place, String label, ProjectRow.State projects) {
    removals.projects(scope, place, projects);
    instances.routesOf(place).forEach(route -> removals.route(scope, route));
    var there = instances.ofPlace(place).stream().filter(instance -> !instance.leaving()).toList();
    there.stream()
        .map(InstanceRow::serverId)
        .distinct()
        .flatMap(id -> fleet.servers().find(scope, id).stream())
        .filter(server -> Names.host(label, server) == null)
        .forEach(server -> removals.proxy(scope, server.id(), label));
    there.forEach(instance -> removals.instance(scope, instance));
  }
}
