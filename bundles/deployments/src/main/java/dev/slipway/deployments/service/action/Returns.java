package dev.slipway.deployments.service.action;

import dev.slipway.activity.Operations;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.CurrentVersion;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Plan;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.service.routing.HostNames;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Leads the requests back to the version before, when a deployment ends that has touched them. That
 * is work of its own, by steps like any other: what is not known to serve is removed only
 * afterwards, and after a crash it goes on.
 */
@Component(service = Returns.class)
public final class Returns {
  private static final Set<StepKind> TOUCHING =
      EnumSet.of(StepKind.STOP, StepKind.SHIFT, StepKind.ROUTE);

  private final CurrentVersion current;
  private final RunStore runs;
  private final Fleet fleet;
  private final Operations operations;
  private final InstanceStore instances;
  private final Removals removals;
  private final HostNames hostNames;
  private final Places places;

  @Activate
  public Returns(
      @Reference Database database,
      @Reference Fleet fleet,
      @Reference Operations operations,
      @Reference Removals removals,
      @Reference HostNames hostNames,
      @Reference Places places) {
    instances = new InstanceStore(database);
    runs = new RunStore(database);
    current = new CurrentVersion(database);
    this.fleet = fleet;
    this.operations = operations;
    this.removals = removals;
    this.hostNames = hostNames;
    this.places = places;
  }

  /** What has to be done to get back. */
  public enum Way {
    /** Nothing was touched, or there is nothing to go back to. */
    NONE,
    /** Requests may lead to the new version. */
    LEAD,
    /** Instances of the version before were stopped. */
    START
  }

  /**
   * Begins it; the gate must be held, and the engine woken for the app.
   *
   * @param row the deployment that has ended
   */
  public Way begin(Scope scope, DeploymentRow row) {
    var steps = runs.steps(row.id());
    var begun = steps.stream().filter(Returns::hasTouched).toList();
    var live = current.of(row.place());
    if (begun.isEmpty() || live.isEmpty()) {
      return Way.NONE;
    }
    var old = current.all(live.get());
    var stopped = stopped(begun, old);
    if (old.isEmpty() || stopped.isEmpty() && isElsewhere(row, old)) {
      return Way.NONE;
    }
    var recreates = steps.stream().noneMatch(step -> step.kind() == StepKind.SHIFT);
    var inTheWay = recreates && !stopped.isEmpty() ? current.all(row) : List.<InstanceRow>of();
    start(scope, live.get(), plan(row, old, stopped, inTheWay, hosts(scope, live.get())));
    return stopped.isEmpty() ? Way.LEAD : Way.START;
  }

  private static boolean hasTouched(StepRow step) {
    return TOUCHING.contains(step.kind()) && step.status() != StepStatus.PENDING;
  }

  private static List<String> stopped(List<StepRow> begun, List<InstanceRow> old) {
    var names = old.stream().map(InstanceRow::name).toList();
    return begun.stream()
        .filter(step -> step.kind() == StepKind.STOP)
        .map(StepRow::requireTarget)
        .filter(names::contains)
        .toList();
  }

  /** What leads to the old version on its own server was never changed. */
  private static boolean isElsewhere(DeploymentRow row, List<InstanceRow> old) {
    return !old.getFirst().serverId().equals(row.serverId());
  }

  /**
   * @param inTheWay instances of the new version that must be gone before the old ones start: an
   *     app is recreated because the two can not run beside each other
   */
  private static List<StepRow> plan(
      DeploymentRow row,
      List<InstanceRow> old,
      List<String> stopped,
      List<InstanceRow> inTheWay,
      int hosts) {
    var server = old.getFirst().serverId();
    var web = old.stream().filter(InstanceRow::isWeb).map(InstanceRow::name).toList();
    var plan = new Plan(row.tenantId(), Ids.next());
    inTheWay.forEach(fresh -> plan.then(StepKind.REMOVE, fresh.serverId(), fresh.name()));
    return plan.each(StepKind.START, server, stopped)
        .each(StepKind.HEALTH, server, web.stream().filter(stopped::contains).toList())
        .each(StepKind.ROUTE, server, Collections.nCopies(hosts, web.getFirst()))
        .steps();
  }

  /** Each host name is led back by a step of its own: the new version goes after the last. */
  private int hosts(Scope scope, DeploymentRow live) {
    return fleet
        .servers()
        .find(scope, live.serverId())
        .map(server -> Math.max(1, places.hosts(scope, live.place(), server).size()))
        .orElse(1);
  }

  private void start(Scope scope, DeploymentRow live, List<StepRow> plan) {
    var now = Times.now();
    var operation =
        operations.start(
            scope,
            new Operations.Draft(
                ActionPlan.operation(ActionRow.Kind.RETURN),
                "app",
                live.appId(),
                live.id(),
                ActionPlan.steps(ActionRow.Kind.RETURN),
                null));
    runs.insert(
        new ActionRow(
            plan.getFirst().runId(),
            live.tenantId(),
            live.appId(),
            live.environmentId(),
            live.id(),
            ActionRow.Kind.RETURN,
            ActionRow.Status.RUNNING,
            operation,
            null,
            now,
            null,
            now));
    runs.plan(plan);
  }

  /** All requests lead to the version before: what the new one has left is removed. */
  void clear(Scope scope, ActionRow row) {
    current
        .of(row.place())
        .filter(live -> live.id().equals(row.deploymentId()))
        .ifPresent(live -> hostNames.settle(scope, live));
    clear(scope, row.place(), row.deploymentId());
  }

  /** All requests lead where they did before. */
  public void stayed(Scope scope, Place place) {
    hostNames.check(scope, place);
  }

  /** All requests lead to a version that has taken the place of another one, which goes. */
  public void replaced(Scope scope, DeploymentRow live) {
    hostNames.settle(scope, live);
    clear(scope, live.place(), live.id());
  }

  private void clear(Scope scope, Place place, @Nullable UUID version) {
    instances.ofPlace(place).stream()
        .filter(instance -> !instance.leaving())
        .filter(instance -> !instance.deploymentId().equals(version))
        .forEach(instance -> removals.instance(scope, instance));
  }

  /**
   * Whether a way back may begin: nothing is out any more that could lead requests, or start
   * something, after it.
   */
  boolean isFree(Scope scope, ActionRow row) {
    return runs.ofLastEnded(row.place()).stream()
        .filter(step -> step.status() != StepStatus.SUCCEEDED)
        .map(StepRow::commandId)
        .filter(Objects::nonNull)
        .allMatch(command -> isFinal(scope, command));
  }

  private boolean isFinal(Scope scope, UUID command) {
    return fleet
        .commands()
        .find(scope, command)
        .filter(found -> !found.status().isFinal())
        .isEmpty();
  }
}
