package dev.slipway.deployments.service.routing;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.CurrentVersion;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.instance.RouteRow;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the host names of a place on what is live there, where no step of a run does. */
@Component(service = HostNames.class)
public final class HostNames {
  private final Database database;
  private final DeploymentStore deployments;
  private final InstanceStore instances;
  private final RunStore runs;
  private final CurrentVersion current;
  private final Places places;
  private final Fleet fleet;
  private final Routing routing;
  private final Removals removals;

  @Activate
  public HostNames(
      @Reference Database database,
      @Reference Places places,
      @Reference Fleet fleet,
      @Reference Routing routing,
      @Reference Removals removals) {
    this.database = database;
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
    runs = new RunStore(database);
    current = new CurrentVersion(database);
    this.places = places;
    this.fleet = fleet;
    this.routing = routing;
    this.removals = removals;
  }

  /** The host names of a place may be others than before. */
  public void changed(Scope scope, Place place) {
    database.run(
        scope,
        () -> {
          deployments.gate(place.appId());
          check(scope, place);
        });
  }

  /**
   * Leads them to what is live, unless something is under way that leads requests: the end of that
   * comes by here. The gate must be held.
   */
  public void check(Scope scope, Place place) {
    if (deployments.active(place).isEmpty() && runs.running(place).isEmpty()) {
      current.of(place).ifPresent(live -> settle(scope, live));
    }
  }

  /**
   * Leads those host names to what is live that do not lead there yet, and has those forgotten that
   * are not the place's any more: on a server that it has left, and where its users gave it another
   * name. The gate must be held.
   */
  public void settle(Scope scope, DeploymentRow live) {
    var hosts = hosts(scope, live);
    var there = instances.routesOf(live.place());
    there.stream()
        .filter(route -> isLeft(route, live, hosts))
        .forEach(route -> removals.route(scope, route));
    hosts.stream()
        .filter(host -> there.stream().noneMatch(route -> isLed(route, live, host)))
        .forEach(host -> lead(scope, live, host));
  }

  private List<String> hosts(Scope scope, DeploymentRow live) {
    return fleet
        .servers()
        .find(scope, live.serverId())
        .filter(server -> places.exists(scope, live.place()))
        .map(server -> places.hosts(scope, live.place(), server))
        .orElse(List.of());
  }

  /** An edge that is not known, for now, tells nothing of the names on it. */
  private static boolean isLeft(RouteRow route, DeploymentRow live, List<String> hosts) {
    return !route.serverId().equals(live.serverId())
        || !hosts.isEmpty() && !hosts.contains(route.domain());
  }

  private static boolean isLed(RouteRow route, DeploymentRow live, String host) {
    return route.domain().equals(host)
        && route.serverId().equals(live.serverId())
        && route.deploymentId().equals(live.id());
  }

  private void lead(Scope scope, DeploymentRow live, String host) {
    if (!current.of(live).isEmpty()) {
      var route = routing.all(scope, live, host);
      instances.put(route);
      removals.submit(scope, routing.lead(route));
    }
  }
}
