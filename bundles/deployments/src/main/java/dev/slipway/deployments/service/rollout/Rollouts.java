package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.ReleaseHooks;
import dev.slipway.apps.SourceType;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.CurrentVersion;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Plan;
import dev.slipway.deployments.service.ProcessUnit;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.order.Orders;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.rollout.RolloutRow;
import dev.slipway.deployments.store.rollout.RolloutRow.Strategy;
import dev.slipway.deployments.store.rollout.RolloutRunRow;
import dev.slipway.deployments.store.rollout.RolloutStore;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.Server;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Plans how a version takes the place of the one before, by the app's policy as it is at that
 * moment. Without one, and back to a version that was live before, it does so at once.
 */
@Component(service = Rollouts.class)
public final class Rollouts {
  private static final String NO_DIVISION =
      "the edge of the server %s can not divide requests, so the new version gets all at once";
  private static final String ELSEWHERE =
      "the version before runs on another server, so the new one gets all requests at once";

  private final RolloutStore policies;
  private final InstanceStore instances;
  private final CurrentVersion current;
  private final Places places;
  private final Fleet fleet;
  private final Ledger ledger;
  private final ReleaseHooks releases;
  private final Json json;

  @Activate
  public Rollouts(
      @Reference Database database,
      @Reference Places places,
      @Reference Fleet fleet,
      @Reference Ledger ledger,
      @Reference ReleaseHooks releases,
      @Reference Json json) {
    policies = new RolloutStore(database);
    instances = new InstanceStore(database);
    current = new CurrentVersion(database);
    this.places = places;
    this.fleet = fleet;
    this.ledger = ledger;
    this.releases = releases;
    this.json = json;
  }

  /** How a policy is followed. */
  private record Way(Strategy strategy, @Nullable String note) {}

  /** The steps of a deployment that is about to begin. */
  public List<StepRow> plan(Scope scope, DeploymentRow row, Server server) {
    var recipe = Recipe.read(json, row.recipe());
    var plan = new Plan(row.tenantId(), row.id());
    if (Drafts.builds(row)) {
      plan.source(server.id(), Orders.detects(recipe, server.runtime()));
    }
    if (recipe.release() != null && row.rollbackOf() == null) {
      // Before anything is touched; what was live before has had it.
      plan.then(StepKind.RELEASE, server.id(), null);
    }
    var slug = places.apps().require(scope, row.appId()).slug();
    var fresh = Names.containers(slug, row.id(), recipe.replicas());
    var serving = serving(scope, row);
    var old = serving.stream().filter(InstanceRow::isWeb).map(InstanceRow::name).toList();
    var oldProcesses =
        serving.stream().filter(instance -> !instance.isWeb()).map(InstanceRow::name).toList();
    var oldServer = serving.isEmpty() ? server.id() : serving.getFirst().serverId();
    var hosts = places.hosts(scope, row.place(), server).size();
    var rest =
        new RolloutPlan(plan, server.id(), fresh, old, hosts)
            .beside(ProcessUnit.containers(slug, row.id(), recipe), oldProcesses);
    var policy = policies.ofApp(row.appId()).orElse(null);
    if (policy == null) {
      return rest.atOnce().steps();
    }
    if (row.rollbackOf() != null) {
      return back(rest, policy, oldServer).steps();
    }
    var way = way(scope, policy, server, serving, fresh.size());
    policies.begin(run(row, policy, way));
    if (way.note != null) {
      ledger.log(scope, row, StepKind.DEPLOY, way.note);
    }
    return rest.by(policy, way.strategy, oldServer).steps();
  }

  /** What was live before is known to run; whoever goes back to it does not want to wait. */
  private static Plan back(RolloutPlan rest, RolloutRow policy, UUID oldServer) {
    return policy.strategy() == Strategy.RECREATE
        ? rest.by(policy.unwatched(), Strategy.RECREATE, oldServer)
        : rest.atOnce();
  }

  /** The containers that answer right now; none where what is live is stopped. */
  private List<InstanceRow> serving(Scope scope, DeploymentRow row) {
    var now = places.status(scope, row.place()).orElseThrow();
    var before =
        Places.isWorkedOn(now)
            ? Objects.requireNonNullElse(row.appStatusBefore(), AppStatus.CREATED)
            : now;
    return before == AppStatus.STOPPED ? List.of() : current.instances(row.place());
  }

  private Way way(
      Scope scope, RolloutRow policy, Server server, List<InstanceRow> serving, int replicas) {
    var asked = policy.strategy();
    var alone = asked == Strategy.ROLLING && replicas == 1;
    if (asked == Strategy.RECREATE || asked == Strategy.BLUE_GREEN || alone) {
      return new Way(asked, null);
    }
    if (serving.isEmpty()) {
      return new Way(Strategy.BLUE_GREEN, "there is no version before to share requests with");
    }
    if (!serving.getFirst().serverId().equals(server.id())) {
      return new Way(Strategy.BLUE_GREEN, ELSEWHERE);
    }
    return canDivide(scope, server)
        ? new Way(asked, null)
        : new Way(Strategy.BLUE_GREEN, NO_DIVISION.formatted(server.name()));
  }

  private boolean canDivide(Scope scope, Server server) {
    return server.publicHost() != null && fleet.edges().dividesRequests(scope, server.id());
  }

  /** Why a policy can not be followed on a server; null where it can. */
  public @Nullable String hindrance(Scope scope, UUID appId, int replicas, Server server) {
    var strategy = policies.ofApp(appId).map(RolloutRow::strategy).orElse(Strategy.BLUE_GREEN);
    var divides = strategy == Strategy.CANARY || strategy == Strategy.ROLLING && replicas > 1;
    return divides && !canDivide(scope, server) ? NO_DIVISION.formatted(server.name()) : null;
  }

  /** Why an app's release hook can not be run on a server; null where it can, or there is none. */
  public @Nullable String releaseHindrance(Scope scope, App app, Server server) {
    if (releases.ofApp(scope, app.id()).isEmpty()) {
      return null;
    }
    if (app.sourceType() == SourceType.COMPOSE) {
      return "an app of a Compose file can have no release hook";
    }
    return fleet.servers().offers(scope, server.id(), CommandType.RUN_RELEASE_HOOK)
        ? null
        : "the agent of " + server.name() + " does not say that it runs release hooks";
  }

  /** Whether two versions run at once for a moment when a new one takes over. */
  public boolean overlaps(UUID appId) {
    return policies.ofApp(appId).map(RolloutRow::strategy).orElse(null) != Strategy.RECREATE;
  }

  private static RolloutRunRow run(DeploymentRow row, RolloutRow policy, Way way) {
    return new RolloutRunRow(
        row.id(),
        row.tenantId(),
        row.appId(),
        way.strategy,
        policy.minHealthScore(),
        policy.autoRollback(),
        policy.maxErrorRatePercent(),
        policy.maxLatencyP95Ms(),
        way.note,
        null,
        null,
        null,
        null,
        Times.now());
  }
}
