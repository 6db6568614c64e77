package dev.slipway.deployments.service.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.deployments.service.Plan;
import dev.slipway.deployments.store.rollout.RolloutRow;
import dev.slipway.deployments.store.rollout.RolloutRow.Strategy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The plans of rollouts. */
class RolloutPlanTest {
  final UUID server = Ids.next();

  static RolloutRow policy(Strategy strategy, int bake, boolean rollsBack, int... weights) {
    var steps =
        Arrays.stream(weights)
            .mapToObj(weight -> Map.of("weight_percent", weight, "pause_seconds", 60))
            .toList();
    return new RolloutRow(
        Ids.next(),
        Ids.next(),
        Ids.next(),
        strategy,
        steps,
        80,
        bake,
        rollsBack,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  List<String> plan(RolloutRow policy, List<String> fresh, List<String> old) {
    return plan(policy, fresh, old, 1);
  }

  List<String> plan(RolloutRow policy, List<String> fresh, List<String> old, int hosts) {
    return new RolloutPlan(new Plan(Ids.next(), Ids.next()), server, fresh, old, hosts)
        .by(policy, policy.strategy(), server).steps().stream()
            .map(step -> step.kind().name().toLowerCase(Locale.ROOT) + " " + step.target())
            .toList();
  }

  @Test
  void aCanaryIsWatchedAtEachShareAndAtAllOfIt() {
    assertThat(plan(policy(Strategy.CANARY, 300, true, 10, 100), List.of("n"), List.of("o")))
        .containsExactly(
            "deploy n",
            "health n",
            "shift 10%",
            "watch 60s",
            "gate n",
            "route n",
            "watch 60s",
            "gate n",
            "watch 300s",
            "gate n");
  }

  @Test
  void eachHostNameIsLedByAStepOfItsOwn() {
    assertThat(plan(policy(Strategy.CANARY, 0, false, 10), List.of("n"), List.of("o"), 2))
        .containsExactly(
            "deploy n", "health n", "shift 10%", "shift 10%", "watch 60s", "route n", "route n");
    assertThat(plan(policy(Strategy.BLUE_GREEN, 0, false), List.of("n"), List.of(), 0))
        .containsExactly("deploy n", "health n", "route n");
  }

  @Test
  void whatIsNotRolledBackIsOnlyWatched() {
    assertThat(plan(policy(Strategy.CANARY, 0, false, 10), List.of("n"), List.of("o")))
        .containsExactly("deploy n", "health n", "shift 10%", "watch 60s", "route n");
  }

  @Test
  void replicasAreReplacedOneByOne() {
    assertThat(plan(policy(Strategy.ROLLING, 0, true), List.of("n1", "n2"), List.of("o1")))
        .containsExactly(
            "deploy n1", "health n1", "shift 1/2", "stop o1", "deploy n2", "health n2", "route n1");
    assertThat(plan(policy(Strategy.ROLLING, 0, true), List.of("n1"), List.of("o1", "o2")))
        .containsExactly("deploy n1", "health n1", "route n1");
  }

  @Test
  void anAppIsRecreatedByStoppingItFirst() {
    assertThat(plan(policy(Strategy.RECREATE, 5, true), List.of("n"), List.of("o1", "o2")))
        .containsExactly(
            "stop o1", "stop o2", "deploy n", "health n", "route n", "watch 5s", "gate n");
  }

  @Test
  void processesRunForAWhileBeforeAllIsRouted() {
    assertThat(beside(policy(Strategy.BLUE_GREEN, 0, false)))
        .containsExactly(
            "deploy n",
            "health n",
            "process w1",
            "process w2",
            "settle 10s",
            "alive w1",
            "alive w2",
            "keep w1",
            "keep w2",
            "route n");
    assertThat(beside(policy(Strategy.RECREATE, 0, false)))
        .startsWith("stop v", "stop o", "deploy n")
        .endsWith("keep w2", "route n");
    assertThat(beside(policy(Strategy.CANARY, 0, false, 10)))
        .startsWith("deploy n", "health n", "shift 10%", "watch 60s", "process w1");
  }

  List<String> beside(RolloutRow policy) {
    return new RolloutPlan(new Plan(Ids.next(), Ids.next()), server, List.of("n"), List.of("o"), 1)
            .beside(List.of("w1", "w2"), List.of("v"))
            .by(policy, policy.strategy(), server)
            .steps()
            .stream()
            .map(step -> step.kind().name().toLowerCase(Locale.ROOT) + " " + step.target())
            .toList();
  }
}
