package dev.slipway.deployments.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.InstanceRow;
import dev.slipway.deployments.store.InstanceStore;
import dev.slipway.deployments.store.RouteRow;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Leads an app's host name to its containers, in the words of the agent's contract. */
@Component(service = Routing.class)
public final class Routing {
  private final InstanceStore instances;
  private final CurrentVersion current;
  private final Json json;
  private final Apps apps;
  private final Fleet fleet;

  @Activate
  public Routing(
      @Reference Database database,
      @Reference Json json,
      @Reference Apps apps,
      @Reference Fleet fleet) {
    instances = new InstanceStore(database);
    current = new CurrentVersion(database);
    this.json = json;
    this.apps = apps;
    this.fleet = fleet;
  }

  /** The command of a deployment's step that leads requests to it, all of them or a share. */
  CommandRequest of(Scope scope, DeploymentRow row, StepRow step, int attempt, List<StepRow> plan) {
    return command(scope, row.appId(), step, attempt, division(row, step, plan));
  }

  /** The command of an action's step that leads all requests to a version that is there already. */
  CommandRequest ofVersion(Scope scope, DeploymentRow version, StepRow step, int attempt) {
    return command(scope, version.appId(), step, attempt, Division.all(side(version)));
  }

  private Division division(DeploymentRow row, StepRow step, List<StepRow> plan) {
    var names =
        plan.stream()
            .filter(other -> other.kind() == StepKind.DEPLOY)
            .map(StepRow::requireTarget)
            .toList();
    var newer = new Division.Side(names, port(row));
    var live = current.of(row.appId());
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

  /** A server whose edge is not known to the platform chooses the host name itself. */
  private CommandRequest command(
      Scope scope, UUID appId, StepRow step, int attempt, Division wanted) {
    var server = fleet.servers().require(scope, step.serverId());
    var slug = apps.require(scope, appId).slug();
    var host = Names.host(slug, server);
    var division = possible(scope, step, wanted);
    var main = division.main();
    if (host != null) {
      return request(step, CommandType.ROUTE_ADD, payload(host, division), attempt);
    }
    var payload =
        Map.<String, Object>of(
            "slug", slug,
            "container_name", main.container(),
            "port", main.port(),
            "domains", List.of());
    return request(step, CommandType.APP_PROXY_SETUP, payload, attempt);
  }

  /** An edge that can not divide leads to the first of several replicas. */
  private Division possible(Scope scope, StepRow step, Division wanted) {
    return !wanted.isDivided() || fleet.edges().dividesRequests(scope, step.serverId())
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
  void done(Scope scope, DeploymentRow row, StepRow step, List<StepRow> plan) {
    keep(scope, row, step, division(row, step, plan));
  }

  /** An action's step has led all requests to a version. */
  void doneOfVersion(Scope scope, DeploymentRow version, StepRow step) {
    keep(scope, version, step, Division.all(side(version)));
  }

  /** Where the platform knows no host name there is nothing to keep. */
  private void keep(Scope scope, DeploymentRow row, StepRow step, Division wanted) {
    var server = fleet.servers().require(scope, step.serverId());
    var host = Names.host(apps.require(scope, row.appId()).slug(), server);
    if (host != null) {
      var division = possible(scope, step, wanted);
      var main = division.main();
      instances.put(
          new RouteRow(
              Ids.next(),
              row.tenantId(),
              row.appId(),
              row.id(),
              step.serverId(),
              host,
              main.container(),
              main.port(),
              division.rows()));
    }
  }
}
