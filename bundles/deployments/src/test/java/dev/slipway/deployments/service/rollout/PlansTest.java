package dev.slipway.deployments.service.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Plan;
import dev.slipway.deployments.service.order.Orders;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What deployments consist of. */
class PlansTest {
  final UUID tenant = Ids.next();
  final UUID run = Ids.next();
  final UUID server = Ids.next();

  static List<String> shown(List<StepRow> steps) {
    return steps.stream()
        .map(step -> step.kind() + (step.target() == null ? "" : " " + step.target()))
        .toList();
  }

  List<StepRow> deployment(boolean build, boolean detect, String... names) {
    var plan = new Plan(tenant, run);
    if (build) {
      plan.source(server, detect);
    }
    return new RolloutPlan(plan, server, List.of(names), List.of(), 1).atOnce().steps();
  }

  @Test
  void aBuiltVersion() {
    assertThat(shown(deployment(true, true, "a")))
        .containsExactly("CLONE", "DETECT", "BUILD", "DEPLOY a", "HEALTH a", "ROUTE a");
    assertThat(shown(deployment(true, false, "a")))
        .containsExactly("CLONE", "BUILD", "DEPLOY a", "HEALTH a", "ROUTE a");
  }

  @Test
  void anImageWithReplicas() {
    assertThat(shown(deployment(false, true, "a", "b")))
        .containsExactly("DEPLOY a", "DEPLOY b", "HEALTH a", "HEALTH b", "ROUTE a");
  }

  @Test
  void stepsAreNumberedFromOneAndHaveNotBegun() {
    var steps = deployment(true, true, "a");
    for (var index = 0; index < steps.size(); index++) {
      var step = steps.get(index);
      assertThat(step.position()).isEqualTo(index + 1);
      assertThat(step.status()).isEqualTo(StepStatus.PENDING);
      assertThat(step.attempt()).isZero();
      assertThat(step.runId()).isEqualTo(run);
      assertThat(step.tenantId()).isEqualTo(tenant);
      assertThat(step.serverId()).isEqualTo(server);
    }
  }

  @Test
  void replicasAreNumberedFromZero() {
    var steps = deployment(true, true, "a", "b", "c");
    assertThat(
            steps.stream()
                .filter(step -> step.kind() == StepKind.DEPLOY)
                .map(step -> Orders.replica(step, steps)))
        .containsExactly(0, 1, 2);
  }

  @Test
  void aStageEndsWithItsLastStep() {
    var steps = deployment(true, true, "a", "b");
    assertThat(steps.stream().filter(step -> Ledger.endsStage(step, steps)))
        .extracting(StepRow::kind, StepRow::target)
        .map(tuple -> tuple.toList().toString())
        .containsExactly(
            "[CLONE, null]", "[BUILD, null]", "[DEPLOY, b]", "[HEALTH, b]", "[ROUTE, a]");
  }
}
