package dev.slipway.deployments.service.action;

import dev.slipway.apps.Apps;
import dev.slipway.deployments.service.Plan;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.instance.InstanceRow;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** What an action consists of, for the engine and for those who watch its operation. */
final class ActionPlan {
  private ActionPlan() {}

  /** Type of the operation. */
  static String operation(ActionRow.Kind kind) {
    return "app." + kind.name().toLowerCase(Locale.ROOT);
  }

  /** Names of the operation's steps. */
  static List<String> steps(ActionRow.Kind kind) {
    return switch (kind) {
      case RESTART, START -> List.of(kind.name().toLowerCase(Locale.ROOT), "health_check", "route");
      case RETURN -> List.of("start", "health_check", "route");
      case STOP -> List.of("stop", "check");
      case TEARDOWN -> Apps.DELETION_STEPS;
    };
  }

  /** The operation's step that a step belongs to, from 1. */
  static int number(StepKind kind) {
    return switch (kind) {
      case RESTART, START, STOP, UNROUTE, UNPROXY -> 1;
      case SERVICES_START, SERVICES_STOP, SERVICES_RESTART -> 1;
      case HEALTH, LOOK, REMOVE -> 2;
      case ROUTE, CLEANUP, ALIVE -> 3;
      case CLONE, DETECT, BUILD, RELEASE, DEPLOY, SHIFT, WATCH, GATE, PROCESS, SETTLE, KEEP ->
          throw new IllegalArgumentException(kind + " is no step of an action");
    };
  }

  /** Whether no later step of the plan belongs to the same step of the operation. */
  static boolean endsNumber(StepRow step, List<StepRow> plan) {
    return plan.stream()
        .noneMatch(
            other ->
                other.position() > step.position() && number(other.kind()) == number(step.kind()));
  }

  /**
   * Restart, stop or start of what is live.
   *
   * @param project what its other services are known by; none for most apps
   */
  static List<StepRow> of(
      ActionRow.Kind kind,
      UUID tenantId,
      UUID runId,
      List<InstanceRow> instances,
      List<String> project) {
    var web = instances.stream().filter(InstanceRow::isWeb).map(InstanceRow::name).toList();
    var processes = instances.stream().filter(row -> !row.isWeb()).map(InstanceRow::name).toList();
    var server = instances.getFirst().serverId();
    var names = Stream.concat(web.stream(), processes.stream()).toList();
    var plan = new Plan(tenantId, runId);
    return switch (kind) {
      case STOP ->
          plan.each(StepKind.STOP, server, names)
              .each(StepKind.SERVICES_STOP, server, project)
              .each(StepKind.LOOK, server, names)
              .steps();
      case RESTART, START ->
          plan.each(services(kind), server, project)
              .each(kind == ActionRow.Kind.START ? StepKind.START : StepKind.RESTART, server, names)
              .each(StepKind.HEALTH, server, web)
              // It may listen at another address now.
              .then(StepKind.ROUTE, server, web.getFirst())
              .each(StepKind.ALIVE, server, processes)
              .steps();
      case TEARDOWN, RETURN -> throw new IllegalArgumentException(kind + " has a plan of its own");
    };
  }

  private static StepKind services(ActionRow.Kind kind) {
    return kind == ActionRow.Kind.START ? StepKind.SERVICES_START : StepKind.SERVICES_RESTART;
  }
}
