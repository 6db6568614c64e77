package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.ROUTE_REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.EnvironmentStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An app runs in several places at once, each of which is left alone by what is done to others. */
class EnvironmentIT {
  static TestDeployments test;
  static TestEnvironments environments;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    environments = new TestEnvironments(test);
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @Test
  void deployingToStagingNeverTouchesProduction() {
    var agent = test.agent();
    var app = test.app(agent);
    var production = test.live(app);
    var before = test.app(app);
    var staging = environments.add(app, "staging");
    agent.forget();
    test.upload(app, "Dockerfile", "FROM scratch\n# two\n");
    var answer = expect(202, environments.ask(staging, Map.of("message", "two")));
    assertThat(answer.at("/deployment/environment_id")).isEqualTo(staging.toString());
    assertThat(environments.get(staging).status()).isEqualTo(EnvironmentStatus.DEPLOYING);
    var id = UUID.fromString(answer.at("/deployment/id"));
    test.untilStatus(id, "live");
    test.until("all is quiet", () -> !test.step());

    assertThat(agent.types()).doesNotContain(APP_STOP, ROUTE_REMOVE);
    var host = before.slug() + "--staging.localhost";
    assertThat(agent.seen(ROUTE_ADD)).hasSize(1);
    assertThat(agent.last(ROUTE_ADD).text("domain")).isEqualTo(host);
    assertThat(agent.last(ROUTE_ADD).text("upstream_host"))
        .isEqualTo(environments.container(app, id));
    assertThat(test.deployment(id).at("/deployment/preview_url"))
        .isEqualTo("http://" + host + ":8000");
    assertThat(test.app(app)).isEqualTo(before);
    assertThat(test.status(production)).isEqualTo("live");
    var there = environments.get(staging);
    assertThat(there.status()).isEqualTo(EnvironmentStatus.RUNNING);
    assertThat(there.currentDeploymentId()).isEqualTo(id);
    assertThat(there.serverId()).isEqualTo(agent.server());
    assertThat(environments.routes(app))
        .containsExactlyInAnyOrder(
            host + " " + environments.container(app, id),
            before.slug() + ".localhost " + environments.container(app, production));
  }

  @Test
  void theNextVersionReplacesTheOneOfTheSameEnvironment() {
    var agent = test.agent();
    var app = test.app(agent);
    var production = test.live(app);
    var staging = environments.add(app, "staging");
    var first = environments.live(staging);
    var second = environments.live(staging);
    environments.untilRemoved(agent, environments.container(app, first));
    assertThat(test.status(first)).isEqualTo("superseded");
    assertThat(test.status(second)).isEqualTo("live");
    assertThat(test.status(production)).isEqualTo("live");
    assertThat(agent.seen(APP_STOP)).hasSize(1);
  }

  @Test
  void anEnvironmentDoesNotWaitForAnotherOne() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    agent.on(APP_BUILD, TestAgent.Reply.silence());
    var slow = environments.deploy(staging, Map.of());
    test.until("it builds", () -> !agent.seen(APP_BUILD).isEmpty());
    var second = expect(202, environments.ask(staging, Map.of()));
    assertThat(second.at("/intent/reason")).isEqualTo("deployment_in_progress");
    assertThat(second.at("/intent/environment_id")).isEqualTo(staging.toString());
    assertThat(second.at("/intent/position")).isEqualTo("1");
    var build = agent.last(APP_BUILD);
    agent.heal(APP_BUILD);
    test.live(app);
    test.untilOperation(test.act(app, "restart"), "succeeded");
    assertThat(test.status(slow)).isEqualTo("building");
    agent.end(build, TestAgent.Reply.failed("no"));
    var waiting = UUID.fromString(second.at("/deployment/id"));
    test.untilStatus(waiting, "live");
    assertThat(test.status(slow)).isEqualTo("failed");
  }

  @Test
  void whatFailsInStagingLeavesBothAsTheyWere() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    var staging = environments.add(app, "staging");
    var good = environments.live(staging);
    agent.on(APP_BUILD, TestAgent.Reply.failed("no"));
    test.untilStatus(environments.deploy(staging, Map.of()), "failed");
    assertThat(environments.get(staging).status()).isEqualTo(EnvironmentStatus.RUNNING);
    assertThat(environments.get(staging).currentDeploymentId()).isEqualTo(good);
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
    var fresh = environments.add(app, "development");
    test.untilStatus(environments.deploy(fresh, Map.of()), "failed");
    assertThat(environments.get(fresh).status()).isEqualTo(EnvironmentStatus.FAILED);
  }

  @Test
  void theBranchAndTheServerAreThoseOfTheEnvironment() {
    var home = test.agent();
    var away = test.agent();
    var app = test.emptyApp(home, Map.of("repository_url", "https://git.example.com/a/b.git"));
    var settings = Map.<String, Object>of("branch", "next", "server_id", away.server());
    var staging = environments.add(app, "staging", settings);
    var id = environments.live(staging);
    assertThat(away.last(APP_CLONE).text("branch")).isEqualTo("next");
    assertThat(home.types()).isEmpty();
    assertThat(test.deployment(id).at("/deployment/server_id")).isEqualTo(away.server().toString());
    environments.live(staging, Map.of("branch", "hotfix"));
    assertThat(away.last(APP_CLONE).text("branch")).isEqualTo("hotfix");
    test.live(app);
    assertThat(home.last(APP_CLONE).text("branch")).isEqualTo("main");
    test.sql("update fleet_server set is_cordoned = true where id = '" + away.server() + "'");
    assertThat(environments.ask(staging, Map.of()).status()).isEqualTo(409);
  }

  @Test
  void theAppsDeploymentsCanNameAnEnvironmentToo() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var id = test.deploy(app, Map.of("environment_id", staging));
    test.untilStatus(id, "live");
    assertThat(environments.get(staging).currentDeploymentId()).isEqualTo(id);
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.CREATED);
    var production = test.live(app);
    for (var list :
        List.of(
            "/api/deployments?environment_id=" + staging,
            "/api/apps/" + app + "/deployments?environment_id=" + staging,
            TestEnvironments.deployments(staging),
            TestEnvironments.deployments(staging) + "?status=live,failed")) {
      var found = expect(200, test.user.get(list));
      assertThat(found.at("/total")).as(list).isEqualTo("1");
      assertThat(found.at("/deployments/0/id")).as(list).isEqualTo(id.toString());
    }
    assertThat(test.user.get("/api/apps/" + app + "/deployments").at("/total")).isEqualTo("2");
    var none = test.user.get(TestEnvironments.deployments(staging) + "?status=failed");
    assertThat(none.at("/total")).isEqualTo("0");
    assertThat(test.user.get(TestEnvironments.deployments(staging) + "?status=odd").fields())
        .containsExactly("status");
    var other = environments.add(test.app(agent), "staging");
    assertThat(
            test.user
                .post("/api/apps/" + app + "/deployments", Map.of("environment_id", other))
                .status())
        .isEqualTo(404);
    assertThat(test.status(production)).isEqualTo("live");
  }

  @Test
  void aDefaultEnvironmentTakesWhatNamesNone() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var settings = "/api/apps/" + app + "/deployment-settings";
    var changed = expect(200, test.user.patch(settings, Map.of("default_environment_id", staging)));
    assertThat(changed.at("/settings/default_environment_id")).isEqualTo(staging.toString());
    var other = environments.add(test.app(agent), "staging");
    assertThat(test.user.patch(settings, Map.of("default_environment_id", other)).status())
        .isEqualTo(404);
    var id = test.live(app);
    assertThat(environments.get(staging).currentDeploymentId()).isEqualTo(id);
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.CREATED);
    // What was meant for it goes nowhere else once it is gone.
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    var lost = test.user.post("/api/apps/" + app + "/deployments", Map.of());
    assertThat(lost.status()).isEqualTo(404);
    assertThat(lost.fields()).containsExactly("environment_id");
  }

  @Test
  void aHookDeploysToItsEnvironment() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var path = "/api/apps/" + app + "/deploy-hooks";
    var wish = Map.<String, Object>of("name", "nightly", "environment_id", staging);
    var hook = expect(201, test.user.post(path, wish));
    assertThat(hook.at("/hook/environment_id")).isEqualTo(staging.toString());
    test.platform.resetRateLimits();
    var called =
        expect(202, test.platform.anonymous().post("/api/deploy-hooks/" + hook.at("/token"), null));
    var id = UUID.fromString(called.at("/deployment_id"));
    test.untilStatus(id, "live");
    assertThat(environments.get(staging).currentDeploymentId()).isEqualTo(id);
    assertThat(test.user.post(path, Map.of("name", "x", "environment_id", Ids.next())).status())
        .isEqualTo(404);
  }

  @Test
  void actionsOnTheAppStayWithProduction() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    environments.live(staging);
    assertThat(test.user.post("/api/apps/" + app + "/stop", null).status()).isEqualTo(422);
    var production = test.live(app);
    agent.forget();
    test.untilOperation(test.act(app, "stop"), "succeeded");
    assertThat(agent.seen(dev.slipway.fleet.CommandType.SERVICE_STOP))
        .extracting(seen -> seen.text("container_name"))
        .containsExactly(environments.container(app, production));
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.STOPPED);
    assertThat(environments.get(staging).status()).isEqualTo(EnvironmentStatus.RUNNING);
  }

  @Test
  void anEarlierVersionComesBackWhereItWasLive() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var first = environments.live(staging);
    test.upload(app, "Dockerfile", "FROM scratch\n# two\n");
    var second = environments.live(staging);
    assertThat(test.user.post("/api/apps/" + app + "/rollback", null).status()).isEqualTo(404);
    var answer =
        expect(
            202, test.user.post("/api/apps/" + app + "/rollback", Map.of("deployment_id", first)));
    assertThat(answer.at("/deployment/environment_id")).isEqualTo(staging.toString());
    var back = UUID.fromString(answer.at("/deployment/id"));
    test.untilStatus(back, "live");
    assertThat(test.status(second)).isEqualTo("rolled_back");
    assertThat(environments.get(staging).currentDeploymentId()).isEqualTo(back);

    var release = test.deployment(second).at("/deployment/release_name");
    var path = "/api/releases/" + release + "/rollback";
    var named = expect(202, test.user.post(path, Map.of("environment", "Staging")));
    test.untilStatus(UUID.fromString(named.at("/deployment_id")), "live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.CREATED);
  }

  @Test
  void workGoesOnAfterACrash() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    agent.on(APP_DEPLOY, TestAgent.Reply.silence());
    var id = environments.deploy(staging, Map.of());
    test.untilStatus(id, "deploying");
    test.until("it is told to start", () -> !agent.seen(APP_DEPLOY).isEmpty());
    test.restart();
    agent.heal(APP_DEPLOY);
    agent.end(agent.last(APP_DEPLOY), TestAgent.Reply.completed("c0ffee"));
    test.wiring().sweep.run();
    test.untilStatus(id, "live");
    assertThat(environments.get(staging).status()).isEqualTo(EnvironmentStatus.RUNNING);
  }

  @Test
  void anotherTenantFindsNoEnvironment() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var id = environments.live(staging);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    var path = TestEnvironments.deployments(staging);
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.post(path, Map.of()).status()).isEqualTo(404);
    assertThat(stranger.get("/api/deployments?environment_id=" + staging).status()).isEqualTo(404);
    var own = test.environments.find(dev.slipway.api.Scope.tenant(Ids.next()), staging);
    assertThat(own).isEmpty();
    assertThat(test.status(id)).isEqualTo("live");
  }
}
