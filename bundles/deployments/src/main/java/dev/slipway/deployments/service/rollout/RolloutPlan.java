package dev.slipway.deployments.service.rollout;

import dev.slipway.deployments.service.Amount;
import dev.slipway.deployments.service.Plan;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.rollout.RolloutRow;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** The steps by which a version takes the place of another one. */
final class RolloutPlan {
  private static final int WHOLE = 100;

  /** What ends within this time does not run. */
  private static final int GRACE_SECONDS = 10;

  private final Plan plan;
  private final UUID server;
  private final List<String> fresh;
  private final List<String> old;
  private final int hosts;
  private List<String> processes = List.of();
  private List<String> oldProcesses = List.of();

  /**
   * A plan to be completed.
   *
   * @param plan with what is done before anything is started
   * @param fresh the containers of the new version
   * @param old those of the version before that serve on the same server
   * @param hosts how many host names lead there; each is led by a step of its own
   */
  RolloutPlan(Plan plan, UUID server, List<String> fresh, List<String> old, int hosts) {
    this.plan = plan;
    this.server = server;
    this.fresh = fresh;
    this.old = old;
    this.hosts = Math.max(1, hosts);
  }

  /**
   * Processes that answer no requests take each other's place besides: the new ones start before
   * requests are led to their version for good, the old ones go with theirs.
   *
   * @param freshOnes the instances of the new version's
   * @param oldOnes those of the version before
   */
  RolloutPlan beside(List<String> freshOnes, List<String> oldOnes) {
    processes = freshOnes;
    oldProcesses = oldOnes;
    return this;
  }

  /** By a policy, and then watched for as long as it says. */
  Plan by(RolloutRow policy, RolloutRow.Strategy strategy, UUID oldServer) {
    switch (strategy) {
      case RECREATE -> {
        plan.each(StepKind.STOP, oldServer, oldProcesses).each(StepKind.STOP, oldServer, old);
        atOnce();
      }
      case BLUE_GREEN -> atOnce();
      case ROLLING -> oneByOne();
      case CANARY -> byShares(policy);
    }
    if (policy.bakeSeconds() > 0) {
      watch(policy.bakeSeconds(), policy.autoRollback());
    }
    return plan;
  }

  /** All is started and checked, and then gets all requests. */
  Plan atOnce() {
    start();
    return route();
  }

  private Plan start() {
    return plan.each(StepKind.DEPLOY, server, fresh).each(StepKind.HEALTH, server, fresh);
  }

  private Plan route() {
    startProcesses();
    return plan.each(StepKind.ROUTE, server, Collections.nCopies(hosts, fresh.getFirst()));
  }

  private void startProcesses() {
    if (!processes.isEmpty()) {
      plan.each(StepKind.PROCESS, server, processes)
          .then(StepKind.SETTLE, server, Amount.seconds(GRACE_SECONDS))
          .each(StepKind.ALIVE, server, processes)
          .each(StepKind.KEEP, server, processes);
    }
  }

  private void shift(String amount) {
    plan.each(StepKind.SHIFT, server, Collections.nCopies(hosts, amount));
  }

  private void oneByOne() {
    for (var count = 1; count <= fresh.size(); count++) {
      var next = List.of(fresh.get(count - 1));
      plan.each(StepKind.DEPLOY, server, next).each(StepKind.HEALTH, server, next);
      if (count == fresh.size()) {
        route();
      } else {
        shift(Amount.instances(count, fresh.size()));
        plan.each(StepKind.STOP, server, old.stream().skip(count - 1).limit(1).toList());
      }
    }
  }

  private void byShares(RolloutRow policy) {
    start();
    for (var step : policy.steps()) {
      var percent = step.getOrDefault("weight_percent", WHOLE);
      if (percent < WHOLE) {
        shift(Amount.percent(percent));
        watch(step.getOrDefault("pause_seconds", 0), policy.autoRollback());
      }
    }
    route();
    policy.steps().stream()
        .filter(step -> step.getOrDefault("weight_percent", 0) == WHOLE)
        .mapToInt(step -> step.getOrDefault("pause_seconds", 0))
        .filter(pause -> pause > 0)
        .forEach(pause -> watch(pause, policy.autoRollback()));
  }

  /** Where nothing is rolled back, a check could only say what the watch says as well. */
  private void watch(int seconds, boolean gated) {
    plan.then(StepKind.WATCH, server, Amount.seconds(seconds));
    if (gated) {
      plan.each(StepKind.GATE, server, fresh);
    }
  }
}
