package dev.slipway.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.testkit.contract.ScriptHookContract;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  /** The watch of a deployment has long been over. */
  static void due(UUID id) {
    test.sql(
        "update deployments_step set deadline_at = now() - interval '3 minutes'"
            + " where kind = 'watch' and status = 'running' and run_id = '"
            + id
            + "'");
  }

  /** Scripts whose runs come out as the test says. */
  private static final class Decided implements Scripts {
    private final UUID tenant;
    private final List<ScriptRun> runs;
    final List<Map<String, @Nullable Object>> events = new CopyOnWriteArrayList<>();

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

  /** Scripts that hang for one rollout until they are let go, and decide over all others. */
  private static final class Hanging implements Scripts {
    private static final int SECONDS = 60;

    private final UUID slow;
    final CountDownLatch free = new CountDownLatch(1);
    final List<String> asked = new CopyOnWriteArrayList<>();

    Hanging(UUID slow) {
      this.slow = slow;
    }

    @Override
    public boolean attached(UUID tenantId, String hook) {
      return true;
    }

    @Override
    public List<ScriptRun> run(
        UUID tenantId, String hook, Map<String, @Nullable Object> event, ScriptTrigger trigger)
        throws InterruptedException {
      asked.add(String.valueOf(trigger.id()));
      if (slow.toString().equals(trigger.id())) {
        assertThat(free.await(SECONDS, TimeUnit.SECONDS)).as("somebody waits for it").isTrue();
      }
      return List.of(said("strict", false, "no"));
    }

    @Override
    public ScriptRun runOne(
        UUID tenantId, UUID scriptId, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aScriptThatHangsKeepsNoOtherRolloutWaiting() {
    var first = Rollout.of(test, 1).canary(10);
    var slow = test.deploy(first.app);
    var scripts = new Hanging(slow);
    test.wiring().scripts.bindScripts(scripts);
    try {
      first.elapse(slow);
      due(slow);
      test.wiring().watch.run();
      test.until("it is asked", () -> scripts.asked.equals(List.of(slow.toString())));
      var second = Rollout.of(test, 1).canary(10);
      var quick = test.deploy(second.app);
      second.elapse(quick);
      test.wiring().watch.run();
      test.untilStatus(quick, "failed");
      assertThat(error(quick)).contains("the script strict does not pass it");
      assertThat(first.step(slow)).isEqualTo("watch");
      assertThat(scripts.asked).as("each is asked once").hasSize(2);
      scripts.free.countDown();
      test.untilStatus(slow, "failed");
      assertThat(error(slow)).contains("the script strict does not pass it");
    } finally {
      scripts.free.countDown();
      test.wiring().scripts.unbindScripts(scripts);
    }
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
      test.untilStatus(id, "failed");
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
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
      test.until("they are asked", () -> !scripts.events.isEmpty());
      due(id);
      test.wiring().watch.run();
      assertThat(rollout.step(id)).as("they were asked only now").isEqualTo("watch");
      test.sql(
          "update deployments_rollout set asked_at = now() - interval '3 minutes' where id = '"
              + id
              + "'");
      test.wiring().watch.run();
      test.untilStatus(id, "failed");
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
    assertThat(error(id)).isEqualTo("Gate failed: no script has decided in time");
    rollout.untilBack(id);
  }
}
