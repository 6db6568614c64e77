package dev.slipway.deployments;

import static dev.slipway.deployments.DeploymentStatus.AWAITING_APPROVAL;
import static dev.slipway.deployments.DeploymentStatus.BUILDING;
import static dev.slipway.deployments.DeploymentStatus.CANCELLED;
import static dev.slipway.deployments.DeploymentStatus.CLONING;
import static dev.slipway.deployments.DeploymentStatus.DEPLOYING;
import static dev.slipway.deployments.DeploymentStatus.FAILED;
import static dev.slipway.deployments.DeploymentStatus.HEALTH_CHECKING;
import static dev.slipway.deployments.DeploymentStatus.LIVE;
import static dev.slipway.deployments.DeploymentStatus.PENDING;
import static dev.slipway.deployments.DeploymentStatus.QUEUED;
import static dev.slipway.deployments.DeploymentStatus.REJECTED;
import static dev.slipway.deployments.DeploymentStatus.ROLLED_BACK;
import static dev.slipway.deployments.DeploymentStatus.SUPERSEDED;
import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.SERVICE_STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Role;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.fleet.CommandType;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step that {@link DeploymentStatus} allows is taken by a deployment, and the process dies of
 * it first: nothing of the step is there then, and who comes after takes it once.
 */
class TransitionIT {
  private static final String IMAGE = "registry.example.com/shop:1";

  static TestDeployments test;
  static TestClient admin;
  static Moves moves;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    admin = test.platform.as(test.tenant, Role.ADMIN);
    moves = new Moves(test);
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  /** A step. */
  record Step(DeploymentStatus from, DeploymentStatus to) {
    @Override
    public String toString() {
      return Moves.text(from) + " to " + Moves.text(to);
    }
  }

  /**
   * A deployment about to take a step.
   *
   * @param act has it take the step, or takes away what kept it from that
   * @param works whether the platform and agents then have to work for it
   */
  record Scene(UUID app, UUID id, Runnable act, boolean works) {
    /** Somebody's call takes the step. */
    static Scene call(UUID app, UUID id, Supplier<Answer> call) {
      return new Scene(app, id, call::get, false);
    }

    /** The platform takes the step by itself. */
    static Scene work(UUID app, UUID id, Runnable act) {
      return new Scene(app, id, act, true);
    }
  }

  static final Map<Step, Supplier<Scene>> SCENES = new LinkedHashMap<>();

  static {
    scene(PENDING, CLONING, () -> pending(Map.of()));
    scene(PENDING, DEPLOYING, () -> pending(Map.of("image", IMAGE)));
    scene(PENDING, QUEUED, TransitionIT::overtaken);
    scene(PENDING, FAILED, TransitionIT::pendingWithoutServer);
    scene(PENDING, CANCELLED, () -> cancelled(pending(Map.of())));
    scene(PENDING, SUPERSEDED, () -> superseded(pending(Map.of())));
    scene(AWAITING_APPROVAL, PENDING, () -> approved(held(test.app(test.agent()))));
    scene(AWAITING_APPROVAL, QUEUED, () -> approved(held(building(test.agent()))));
    scene(AWAITING_APPROVAL, CANCELLED, () -> cancelled(held(test.app(test.agent()))));
    scene(AWAITING_APPROVAL, REJECTED, TransitionIT::turnedDown);
    scene(AWAITING_APPROVAL, SUPERSEDED, TransitionIT::heldAndSuperseded);
    scene(QUEUED, CLONING, () -> queued(Map.of()));
    scene(QUEUED, DEPLOYING, () -> queued(Map.of("image", IMAGE)));
    scene(QUEUED, FAILED, TransitionIT::queuedWithoutServer);
    scene(QUEUED, CANCELLED, () -> cancelled(queued(Map.of())));
    scene(QUEUED, REJECTED, TransitionIT::queuedAndRejected);
    scene(QUEUED, SUPERSEDED, () -> superseded(queued(Map.of())));
    for (var stage : Stage.values()) {
      scene(stage.status, stage.next, () -> stage.ends(stage.reply));
      scene(stage.status, FAILED, () -> stage.ends(Reply.failed("no")));
      scene(stage.status, CANCELLED, () -> cancelled(stage.ends(stage.reply)));
    }
    scene(LIVE, SUPERSEDED, TransitionIT::replaced);
    scene(LIVE, ROLLED_BACK, TransitionIT::rolledBack);
  }

  /** What is done while a deployment is in a status, and how it ends well. */
  enum Stage {
    CLONE(CLONING, BUILDING, APP_CLONE, Reply.completed("/tmp/deploy-build-0123456789ab")),
    BUILD(BUILDING, DEPLOYING, APP_BUILD, Reply.completed("Build complete: image")),
    START(DEPLOYING, HEALTH_CHECKING, APP_DEPLOY, Reply.completed("c0ffee")),
    CHECK(HEALTH_CHECKING, LIVE, APP_DEPLOY, Reply.completed("healthy"));

    final DeploymentStatus status;
    final DeploymentStatus next;
    final CommandType type;
    final Reply reply;

    Stage(DeploymentStatus status, DeploymentStatus next, CommandType type, Reply reply) {
      this.status = status;
      this.next = next;
      this.type = type;
      this.reply = reply;
    }

    /**
     * A deployment by a policy, which can be called off at any time, whose agent is silent here.
     */
    Scene ends(Reply end) {
      var policy = Map.<String, Object>of("strategy", "blue_green", "bake_seconds", 0);
      var rollout = Rollout.of(test, 1).by(policy);
      var agent = rollout.agent;
      agent.on(
          type,
          seen ->
              type == APP_DEPLOY && Rollout.isCheck(seen) != (this == CHECK)
                  ? Reply.completed("c0ffee")
                  : Reply.silence());
      var id = test.deploy(rollout.app);
      test.until(
          "it is at " + this,
          () -> test.status(id).equals(Moves.text(status)) && !agent.seen(type).isEmpty());
      return Scene.work(
          rollout.app,
          id,
          () -> {
            agent.heal(type);
            agent.end(agent.last(type), end);
          });
    }
  }

  private static void scene(DeploymentStatus from, DeploymentStatus to, Supplier<Scene> scene) {
    SCENES.put(new Step(from, to), scene);
  }

  static Stream<Step> steps() {
    return Arrays.stream(DeploymentStatus.values())
        .flatMap(from -> from.next().stream().map(to -> new Step(from, to)));
  }

  @Test
  void everyStepHasAScene() {
    assertThat(SCENES.keySet()).containsExactlyInAnyOrderElementsOf(steps().toList());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void itIsTakenOnceThoughTheProcessDiesOfItFirst(Step step) {
    var scene = SCENES.get(step).get();
    assertThat(test.status(scene.id)).isEqualTo(Moves.text(step.from));
    moves.harmless(scene.app);
    moves.deadly(scene.app, step.from, step.to);
    dying(scene);
    assertThat(test.status(scene.id)).as("nothing of it is there").isEqualTo(Moves.text(step.from));
    assertThat(moves.count(scene.id, step.from, step.to)).isZero();

    test.restart();
    moves.harmless(scene.app);
    scene.act.run();
    test.until(
        "it is taken",
        () -> {
          if (scene.works) {
            test.wiring().sweep.run();
          }
          return moves.count(scene.id, step.from, step.to) > 0;
        });
    settle();
    assertThat(moves.count(scene.id, step.from, step.to)).as("once").isEqualTo(1);
    assertThat(moves.all(scene.id))
        .as("each step from where the last one led")
        .doesNotHaveDuplicates();
  }

  /** Works until there is nothing left to do, or the process dies, which is a failure here. */
  private static void dying(Scene scene) {
    try {
      scene.act.run();
      if (scene.works) {
        test.wiring().sweep.run();
        settle();
      }
    } catch (AssertionError died) {
      assertThat(died).hasStackTraceContaining("the process dies");
    }
  }

  private static void settle() {
    test.until("there is nothing to do", () -> !test.step());
  }

  /** A deployment that was accepted, and not looked at since. */
  private static Scene pending(Map<String, Object> wish) {
    return pending(test.app(test.agent()), wish);
  }

  private static Scene pending(UUID app, Map<String, Object> wish) {
    moves.deadlyFrom(app, PENDING);
    var id = test.deploy(app, wish);
    return Scene.work(app, id, () -> {});
  }

  /** One for which another one is called off that has stopped the old version already. */
  private static Scene overtaken() {
    var policy = Map.<String, Object>of("strategy", "recreate", "bake_seconds", 0);
    var rollout = Rollout.of(test, 1).by(policy);
    rollout.agent.on(SERVICE_STOP, Reply.silence());
    test.deploy(rollout.app);
    test.until("it stops the old version", () -> !rollout.agent.seen(SERVICE_STOP).isEmpty());
    newestFirst(rollout.app);
    return pending(rollout.app, Map.of());
  }

  private static Scene pendingWithoutServer() {
    var agent = test.agent();
    var scene = pending(test.app(agent), Map.of());
    gone(agent);
    return scene;
  }

  private static void gone(TestAgent agent) {
    agent.vanish();
    test.sql("delete from fleet_server where id = '" + agent.server() + "'");
  }

  /** An app that is being built for as long as its agent is silent. */
  private static UUID building(TestAgent agent) {
    agent.on(APP_BUILD, Reply.silence());
    var app = test.app(agent);
    test.deploy(app);
    test.until("it builds", () -> !agent.seen(APP_BUILD).isEmpty());
    return app;
  }

  private static Scene queued(Map<String, Object> wish) {
    var agent = test.agent();
    var app = building(agent);
    var id = test.deploy(app, wish);
    return Scene.work(
        app,
        id,
        () -> {
          agent.heal(APP_BUILD);
          agent.end(agent.last(APP_BUILD), Reply.completed("Build complete: image"));
        });
  }

  private static Scene queuedWithoutServer() {
    var other = test.agent();
    var scene = queued(Map.of("server_id", other.server()));
    gone(other);
    return scene;
  }

  private static Scene queuedAndRejected() {
    var scene = queued(Map.of());
    var intent = test.deployment(scene.id).at("/deployment/intent_id");
    var path = "/api/apps/" + scene.app + "/deployment-intents/" + intent + "/reject";
    return Scene.call(scene.app, scene.id, () -> admin.post(path, null));
  }

  private static Scene held(UUID app) {
    expect(200, admin.put("/api/apps/" + app + "/approval-policy", Map.of("enabled", true)));
    return Scene.work(app, test.deploy(app), () -> {});
  }

  private static Scene approved(Scene held) {
    return Scene.call(
        held.app, held.id, () -> admin.post("/api/deployments/" + held.id + "/approve", null));
  }

  private static Scene turnedDown() {
    var held = held(test.app(test.agent()));
    return Scene.call(
        held.app, held.id, () -> admin.post("/api/deployments/" + held.id + "/reject", null));
  }

  private static Scene heldAndSuperseded() {
    var held = held(test.app(test.agent()));
    var path = "/api/apps/" + held.app + "/approval-policy";
    expect(200, admin.put(path, Map.of("enabled", false)));
    return superseded(held);
  }

  private static Scene cancelled(Scene scene) {
    return Scene.call(
        scene.app,
        scene.id,
        () -> test.user.post("/api/deployments/" + scene.id + "/cancel", null));
  }

  private static Scene superseded(Scene scene) {
    newestFirst(scene.app);
    return Scene.call(
        scene.app,
        scene.id,
        () -> test.user.post("/api/apps/" + scene.app + "/deployments", Map.of()));
  }

  private static void newestFirst(UUID app) {
    var settings = Map.of("concurrency", "cancel_previous");
    expect(200, test.user.patch("/api/apps/" + app + "/deployment-settings", settings));
  }

  private static Scene replaced() {
    var app = test.app(test.agent());
    var id = test.live(app);
    return Scene.work(app, id, once(() -> test.deploy(app)));
  }

  private static Scene rolledBack() {
    var app = test.app(test.agent());
    test.live(app);
    var id = test.live(app);
    settle();
    return Scene.work(
        app, id, once(() -> expect(202, test.user.post("/api/apps/" + app + "/rollback", null))));
  }

  /** What is asked for is there after a crash as well. */
  private static Runnable once(Runnable ask) {
    var asked = new AtomicBoolean();
    return () -> {
      if (!asked.getAndSet(true)) {
        ask.run();
      }
    };
  }
}
