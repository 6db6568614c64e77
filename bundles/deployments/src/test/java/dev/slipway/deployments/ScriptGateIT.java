package dev.slipway.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.testkit.contract.ScriptHookContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Scripts that hold rollouts, or let them pass. */
class ScriptGateIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static String error(UUID deployment) {
    return test.deployment(deployment).at("/deployment/error_message");
  }

  /** Scripts whose runs come out as the test says. */
  private static final class Decided implements Scripts {
    private final UUID tenant;
    private final List<ScriptRun> runs;
    final List<Map<String, @Nullable Object>> events = new ArrayList<>();

    Decided(ScriptRun... runs) {
      tenant = test.tenant;
      this.runs = List.of(runs);
    }

    @Override
    public boolean attached(UUID tenantId, String hook) {
      return tenantId.equals(tenant) && hook.equals("deployment.gate");
    }

    @Override
    public List<ScriptRun> run(
        UUID tenantId, String hook, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
      events.add(event);
      return runs;
    }

    @Override
    public ScriptRun runOne(
        UUID tenantId, UUID scriptId, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
      throw new UnsupportedOperationException();
    }
  }

  static ScriptRun said(String name, boolean pass, String reason) {
    var result = Map.of("pass", pass, "reason", reason);
    return new ScriptRun(Ids.next(), Ids.next(), name, Status.SUCCEEDED, result, null);
  }

  static ScriptRun silent() {
    return new ScriptRun(
        Ids.next(), Ids.next(), "slow", Status.TIMED_OUT, null, ScriptFault.of("too slow"));
  }

  @TestFactory
  Stream<DynamicNode> theHookKeepsItsPromises() {
    return ScriptHookContract.tests(test.wiring().scripts);
  }

  @Test
  void aScriptMayHoldARollout() {
    var scripts = new Decided(said("calm", true, ""), said("strict", false, "not on a Friday"));
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    test.wiring().scripts.bindScripts(scripts);
    try {
      rollout.elapse(id);
      assertThat(rollout.step(id)).as("it is asked for first").isEqualTo("watch");
      test.wiring().watch.run();
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
    test.untilStatus(id, "failed");
    assertThat(error(id))
        .isEqualTo("Gate failed: the script strict does not pass it: not on a Friday");
    assertThat(scripts.events)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("deployment_id", id.toString())
                    .containsEntry("strategy", "canary")
                    .containsKeys("score", "verdict", "components"));
    rollout.untilBack(id);
  }

  @Test
  void scriptsThatPassARolloutAreAskedAtEachWatch() {
    var scripts = new Decided(said("calm", true, ""));
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    test.wiring().scripts.bindScripts(scripts);
    try {
      rollout.finish(id);
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
    assertThat(scripts.events).hasSize(2);
  }

  @Test
  void aScriptThatDoesNotDecideIsNotWaitedForForEver() {
    var scripts = new Decided(silent());
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    test.wiring().scripts.bindScripts(scripts);
    try {
      rollout.elapse(id);
      test.wiring().watch.run();
      assertThat(rollout.step(id)).isEqualTo("watch");
      test.sql(
          "update deployments_step set deadline_at = now() - interval '3 minutes'"
              + " where kind = 'watch' and status = 'running' and run_id = '"
              + id
              + "'");
      test.wiring().watch.run();
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
    test.untilStatus(id, "failed");
    assertThat(error(id)).isEqualTo("Gate failed: no script has decided in time");
    rollout.untilBack(id);
  }
}
