package dev.slipway.deployments;

import static dev.slipway.deployments.HookedApps.runs;
import static dev.slipway.deployments.TestAgent.Reply.completed;
import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.RUN_RELEASE_HOOK;
import static dev.slipway.fleet.CommandType.SERVICE_STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.TestAgent.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app runs once in a new version, before any of it starts. */
class ReleaseHookIT {
  static final String SECRET = "tok-4f9c1d7e2ab85063";
  static TestDeployments test;

  TestAgent agent;
  UUID app;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @BeforeEach
  void anApp() {
    agent = HookedApps.agent(test);
    app = HookedApps.app(test, agent);
  }

  String path(String rest) {
    return "/api/apps/" + app + rest;
  }

  static String error(UUID deployment) {
    return test.deployment(deployment).at("/deployment/error_message");
  }

  @Test
  void itRunsOnceBetweenTheBuildAndTheFirstStartWithAllThatAnInstanceGets() {
    var secret = Map.of("key", "DATABASE_URL", "value", SECRET, "is_secret", true);
    expect(201, test.user.post(path("/env-vars"), secret));
    expect(201, test.user.post(path("/volumes"), Map.of("name", "data", "mount_path", "/data")));
    expect(200, test.user.put(path("/resource-limits"), Map.of("memory_mb", 96)));
    agent.on(RUN_RELEASE_HOOK, completed("connected with " + SECRET));
    var id = test.live(app);

    var types = agent.types();
    assertThat(types.indexOf(RUN_RELEASE_HOOK))
        .isBetween(types.indexOf(APP_BUILD), types.indexOf(APP_DEPLOY));
    assertThat(runs(agent)).isEqualTo(1);
    var hook = agent.last(RUN_RELEASE_HOOK).payload();
    var instance = AppRuntimeIT.started(agent);
    for (var same : new String[] {"image_tag", "env_vars", "volumes", "memory_mb", "skip_pull"}) {
      assertThat(hook.get(same)).as(same).isEqualTo(instance.get(same)).isNotNull();
    }
    assertThat(hook.at("/commands/0").asText()).isEqualTo(HookedApps.COMMAND);
    assertThat(hook.path("timeout_sec").asInt()).isEqualTo(60);
    assertThat(hook.path("network").asText()).isEqualTo("deploy-net");
    assertThat(hook.at("/env_vars/DATABASE_URL").asText()).isEqualTo(SECRET);

    assertThat(test.events(id))
        .filteredOn(event -> event.type().endsWith("progress"))
        .filteredOn(event -> "release".equals(event.text("phase")))
        .extracting(event -> event.text("status"))
        .containsExactly("running", "succeeded");
    assertThat(test.user.get("/api/deployments/" + id + "/logs/persisted").text())
        .contains("Running the release hook");
    test.until("all is quiet", () -> !test.step());
    assertThat(test.rowsWith("%", SECRET)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "recreate", "canary", "rolling"})
  void oneThatFailsTouchesNothing(String strategy) {
    var live = test.live(app);
    if (strategy.equals("canary")) {
      var steps = List.of(Map.of("weight_percent", 20, "pause_seconds", 60));
      var policy = Map.of("strategy", "canary", "bake_seconds", 60, "steps", steps);
      expect(201, test.user.post(path("/rollout-policy"), policy));
    } else if (!strategy.equals("none")) {
      var policy = Map.<String, Object>of("strategy", strategy, "bake_seconds", 0);
      expect(201, test.user.post(path("/rollout-policy"), policy));
    }
    test.until("all is quiet", () -> !test.step());
    agent.forget();
    agent.on(
        RUN_RELEASE_HOOK,
        failed("release command failed (exit code 3)\n$ ./migrate up\nno such table: orders"));
    var id = test.deploy(app);
    test.untilStatus(id, "failed");

    assertThat(error(id))
        .isEqualTo(
            "Release hook failed: release command failed (exit code 3)\n$ ./migrate up\n"
                + "no such table: orders");
    test.until("all is quiet", () -> !test.step());
    assertThat(agent.types())
        .contains(APP_BUILD)
        .doesNotContain(APP_DEPLOY, SERVICE_STOP, ROUTE_ADD);
    assertThat(runs(agent)).isEqualTo(1);
    assertThat(test.status(live)).isEqualTo("live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
    var diagnostics = "/api/deployments/" + id + "/diagnostics";
    test.until("it is explained", () -> test.user.get(diagnostics).text().contains("release hook"));
    assertThat(test.user.get(diagnostics).text()).contains("no such table: orders");
  }

  @Test
  void whatBecameOfOneThatIsLostIsNotTriedOut() {
    agent.on(RUN_RELEASE_HOOK, Reply.silence());
    var id = test.deploy(app);
    test.until("it runs", () -> runs(agent) == 1);
    test.lose(agent);
    test.untilStatus(id, "failed");
    assertThat(error(id))
        .isEqualTo(
            "Release hook failed: agent connection lost: it may have run to its end or not, and is"
                + " not run again");
    test.until("all is quiet", () -> !test.step());
    assertThat(runs(agent)).isEqualTo(1);
    assertThat(agent.types()).doesNotContain(APP_DEPLOY);
  }

  @Test
  void whatWasLiveBeforeIsBroughtBackWithoutIt() {
    test.live(app);
    test.upload(app, "Dockerfile", "FROM scratch\n# two\n");
    test.live(app);
    assertThat(runs(agent)).isEqualTo(2);
    test.untilOperation(test.act(app, "restart"), "succeeded");
    var back = expect(202, test.user.post(path("/rollback"), Map.of()));
    test.untilStatus(UUID.fromString(back.at("/deployment/id")), "live");
    test.wiring().scale.call(ScriptFunctionsIT.call(test.tenant, app.toString(), 2));
    test.until("all is quiet", () -> !test.step());
    assertThat(runs(agent)).isEqualTo(2);
  }

  @Test
  void aPromotionRunsTheHookOfItsVersionWhereItGoes() {
    var environments = new TestEnvironments(test);
    var staging = environments.add(app, "staging");
    var production = environments.add(app, "production", Map.of("promotes_from_id", staging));
    environments.secret(staging, "DATABASE_URL", "at-staging");
    environments.secret(production, "DATABASE_URL", "at-production");
    var tested = environments.live(staging);
    HookedApps.set(test, app, "./of-the-next-version");
    agent.forget();
    environments.promoted(production, tested);
    var hook = agent.last(RUN_RELEASE_HOOK).payload();
    assertThat(runs(agent)).isEqualTo(1);
    assertThat(hook.at("/commands/0").asText()).isEqualTo(HookedApps.COMMAND);
    assertThat(hook.at("/env_vars/DATABASE_URL").asText()).isEqualTo("at-production");
  }

  @Test
  void aDeploymentGoesByTheHookThatItWasAskedForWith() {
    agent.on(APP_BUILD, Reply.silence());
    var id = test.deploy(app);
    test.until("it builds", () -> !agent.seen(APP_BUILD).isEmpty());
    expect(204, test.user.delete(path("/release-hook")));
    agent.heal(APP_BUILD);
    agent.end(agent.last(APP_BUILD), completed("Build complete: image"));
    test.untilStatus(id, "live");
    assertThat(runs(agent)).isEqualTo(1);
    test.live(app);
    assertThat(runs(agent)).as("there is none any more").isEqualTo(1);
  }

  @Test
  void anImageIsPulledForItOnce() {
    var image = Map.<String, Object>of("source_type", "image", "image", "registry.example.com/a:1");
    app = test.emptyApp(agent, image);
    HookedApps.set(test, app, HookedApps.COMMAND);
    test.live(app);
    assertThat(agent.last(RUN_RELEASE_HOOK).payload().path("skip_pull").asBoolean()).isFalse();
    assertThat(AppRuntimeIT.started(agent).path("skip_pull").asBoolean())
        .as("what starts is what the hook ran in")
        .isTrue();
  }

  @Test
  void aNewerDeploymentDoesNotBreakItOff() {
    var newest = Map.of("concurrency", "cancel_previous");
    expect(200, test.user.patch(path("/deployment-settings"), newest));
    agent.on(RUN_RELEASE_HOOK, Reply.silence());
    var first = test.deploy(app);
    test.until("it runs", () -> runs(agent) == 1);
    var second = test.deploy(app);
    test.until("all is quiet", () -> !test.step());
    assertThat(test.status(second)).isEqualTo("queued");
    agent.heal(RUN_RELEASE_HOOK);
    agent.end(agent.last(RUN_RELEASE_HOOK), completed("done"));
    test.untilStatus(second, "live");
    assertThat(test.status(first)).isEqualTo("superseded");
    assertThat(runs(agent)).isEqualTo(2);
  }

  @Test
  void itsDeadlineIsItsOwnTimeAndThatOfThePull() {
    agent.on(RUN_RELEASE_HOOK, Reply.silence());
    var id = test.deploy(app);
    test.until("it runs", () -> runs(agent) == 1);
    assertThat(
            test.query(
                "select extract(epoch from deadline_at - started_at)::int from deployments_step"
                    + " where kind = 'release' and run_id = '"
                    + id
                    + "'"))
        .containsExactly(Integer.toString(60 + 20 * 60 + 120));
  }

  @Test
  void agentsThatDoNotSayThatTheyRunHooksGetNone() {
    var other = test.agent();
    app = HookedApps.app(test, other);
    assertThat(SettingsIT.status(test.user.get(path("/deployment-readiness")), "agent"))
        .isEqualTo("fail");
    var refused = test.user.post(path("/deployments"), Map.of());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("deployments.server.no-release-hooks");
    expect(204, test.user.delete(path("/release-hook")));
    assertThat(SettingsIT.status(test.user.get(path("/deployment-readiness")), "agent"))
        .isEqualTo("pass");
    test.live(app);
    assertThat(runs(other)).isZero();
  }

  @Test
  void anAppThatComesToBeOfAComposeFileIsNotDeployedWithoutItsHook() {
    expect(200, test.user.patch(path(""), Map.of("source_type", "compose")));
    assertThat(SettingsIT.status(test.user.get(path("/deployment-readiness")), "agent"))
        .isEqualTo("fail");
    var refused = test.user.post(path("/deployments"), Map.of());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("deployments.release-hook.compose");
  }
}
