package dev.slipway.deployments.service.routing;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Amount;
import dev.slipway.deployments.service.CurrentVersion;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.instance.RouteRow;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Leads the host names of a place to containers, in the words of the agent's contract. */
@Component(service = Routing.class)
public final class Routing {
  private final InstanceStore instances;
  private final CurrentVersion current;
  private final Json json;
  private final Places places;
  private final Fleet fleet;

  @Activate
  public Routing(
      @Reference Database database,
      @Reference Json json,
      @Reference Places places,
      @Reference Fleet fleet) {
    instances = new InstanceStore(database);
    current = new CurrentVersion(database);
    this.json = json;
    this.places = places;
    this.fleet = fleet;
  }

  /** The command of a deployment's step that leads requests to it, all of them or a share. */
  public CommandRequest of(
      Scope scope, DeploymentRow row, StepRow step, int attempt, List<StepRow> plan) {
    return command(
        scope, row.place(), step, number(step, plan), attempt, division(row, step, plan));
  }

  /** The command of an action's step that leads all requests to a version that is there already. */
  public CommandRequest ofVersion(
      Scope scope, DeploymentRow version, StepRow step, int attempt, List<StepRow> plan) {
    var number = number(step, plan);
    return command(scope, version.place(), step, number, attempt, Division.all(side(version)));
  }

  private Division division(DeploymentRow row, StepRow step, List<StepRow> plan) {
    var names =
        plan.stream()
            .filter(other -> other.kind() == StepKind.DEPLOY)
            .map(StepRow::requireTarget)
            .toList();
    var newer = new Division.Side(names, port(row));
    var live = current.of(row.place());
    if (step.kind() == StepKind.ROUTE || live.isEmpty()) {
      return Division.all(newer);
    }
    var older = side(live.get());
    return Amount.isPercent(step)
        ? Division.percent(Amount.of(step), older, newer)
        : Division.replaced(Amount.of(step), older, newer);
  }

  private Division.Side side(DeploymentRow version) {
    var names = current.of(version).stream().map(InstanceRow::name).toList();
    if (names.isEmpty()) {
      // Its server is gone.
      throw DeploymentsError.NOT_DEPLOYED.of();
    }
    return new Division.Side(names, port(version));
  }

  private int port(DeploymentRow version) {
    return Recipe.read(json, version.recipe()).port();
  }

  /** Which of the place's host names a step is about, from 0: there is a step for each. */
  private static int number(StepRow step, List<StepRow> plan) {
    var number = 0;
    for (var before = step.position() - 2; before >= 0; before--) {
      var other = plan.get(before);
      if (other.kind() != step.kind() || !Objects.equals(other.target(), step.target())) {
        break;
      }
      number++;
    }
    return number;
  }

  /** There may be fewer by now than when the steps were planned. */
  private static String host(List<String> hosts, int number) {
    return hosts.get(Math.min(number, hosts.size() - 1));
  }

  /** A server whose edge is not known to the platform chooses the host name itself. */
  private CommandRequest command(
      Scope scope, Place place, StepRow step, int number, int attempt, Division wanted) {
    var server = fleet.servers().require(scope, step.serverId());
    var hosts = places.hosts(scope, place, server);
    var division = possible(scope, server.id(), wanted);
    var main = division.main();
    if (!hosts.isEmpty()) {
      return request(step, CommandType.ROUTE_ADD, payload(host(hosts, number), division), attempt);
    }
    var payload =
        Map.<String, Object>of(
            "slug", places.label(scope, place),
            "container_name", main.container(),
            "port", main.port(),
            "domains", places.domains(scope, place));
    return request(step, CommandType.APP_PROXY_SETUP, payload, attempt);
  }

  /** The command that leads a host name where it should lead, outside of any step. */
  CommandRequest lead(RouteRow route) {
    return CommandRequest.of(
        route.serverId(),
        CommandType.ROUTE_ADD,
        json.write(payload(route.domain(), Division.of(route))),
        Engine.OWNER,
        StepKind.ROUTE.limit());
  }

  /** All requests of a host name led to a version that is there. */
  RouteRow all(Scope scope, DeploymentRow version, String host) {
    var division = possible(scope, version.serverId(), Division.all(side(version)));
    return route(version, version.serverId(), host, division);
  }

  /** An edge that can not divide leads to the first of several replicas. */
  private Division possible(Scope scope, UUID serverId, Division wanted) {
    return !wanted.isDivided() || fleet.edges().dividesRequests(scope, serverId)
        ? wanted
        : wanted.undivided();
  }

  /** An edge refuses a route with any other key, and knows shares only where it says so. */
  private static Map<String, Object> payload(String host, Division division) {
    var main = division.main();
    var payload = new LinkedHashMap<String, Object>();
    payload.put("domain", host);
    payload.put("upstream_host", main.container());
    payload.put("upstream_port", main.port());
    if (division.isDivided()) {
      payload.put("shares", division.shares().stream().map(Routing::payload).toList());
    }
    return payload;
  }

  private static Map<String, Object> payload(Division.Share share) {
    return Map.of(
        "upstream_host", share.container(),
        "upstream_port", share.port(),
        "weight", share.weight());
  }

  private CommandRequest request(
      StepRow step, CommandType type, Map<String, Object> payload, int attempt) {
    return CommandRequest.of(
            step.serverId(), type, json.write(payload), Engine.OWNER, step.kind().limit())
        .once(Engine.key(step, attempt));
  }

  /** A deployment's step has led requests to it. */
  public void done(Scope scope, DeploymentRow row, StepRow step, List<StepRow> plan) {
    keep(scope, row, step, number(step, plan), division(row, step, plan));
  }

  /** An action's step has led all requests to a version. */
  public void doneOfVersion(Scope scope, DeploymentRow version, StepRow step, List<StepRow> plan) {
    keep(scope, version, step, number(step, plan), Division.all(side(version)));
  }

  /** Where the platform knows no host name there is nothing to keep. */
  private void keep(Scope scope, DeploymentRow row, StepRow step, int number, Division wanted) {
    var server = fleet.servers().require(scope, step.serverId());
    var hosts = places.hosts(scope, row.place(), server);
    if (!hosts.isEmpty()) {
      var division = possible(scope, server.id(), wanted);
      instances.put(route(row, server.id(), host(hosts, number), division));
    }
  }

  private static RouteRow route(DeploymentRow row, UUID serverId, String host, Division division) {
    var main = division.main();
    return new RouteRow(
        Ids.next(),
        row.tenantId(),
        row.appId(),
        row.environmentId(),
        row.id(),
        serverId,
        host,
        main.container(),
        main.port(),
        division.rows());
  }
}
