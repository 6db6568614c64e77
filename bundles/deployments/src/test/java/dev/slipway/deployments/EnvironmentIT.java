package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_PROXY_REMOVE;
import static dev.slipway.fleet.CommandType.APP_PROXY_SETUP;
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

  static String container(UUID app, UUID deployment) {
    return "deploy-app-" + test.app(app).slug() + "-" + DeployFlowIT.shortId(deployment);
  }

  static List<String> routes(UUID app) {
    return test.query(
        "select domain || ' ' || container_name from deployments_route where app_id = '"
            + app
            + "' order by domain");
  }

  static void untilRemoved(TestAgent agent, String container) {
    test.until(
        container + " is removed",
        () ->
            agent.seen(APP_STOP).stream()
                    .anyMatch(seen -> seen.text("container_name").equals(container))
                && test.query(
                        "select name from deployments_instance where name = '" + container + "'")
                    .isEmpty());
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
    assertThat(agent.last(ROUTE_ADD).text("upstream_host")).isEqualTo(container(app, id));
    assertThat(test.deployment(id).at("/deployment/preview_url"))
        .isEqualTo("http://" + host + ":8000");
    assertThat(test.app(app)).isEqualTo(before);
    assertThat(test.status(production)).isEqualTo("live");
    var there = environments.get(staging);
    assertThat(there.status()).isEqualTo(EnvironmentStatus.RUNNING);
    assertThat(there.currentDeploymentId()).isEqualTo(id);
    assertThat(there.serverId()).isEqualTo(agent.server());
    assertThat(routes(app))
        .containsExactlyInAnyOrder(
            host + " " + container(app, id),
            before.slug() + ".localhost " + container(app, production));
  }

  @Test
  void theNextVersionReplacesTheOneOfTheSameEnvironment() {
    var agent = test.agent();
    var app = test.app(agent);
    var production = test.live(app);
    var staging = environments.add(app, "staging");
    var first = environments.live(staging);
    var second = environments.live(staging);
    untilRemoved(agent, container(app, first));
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
  void theHostNameOfAnEnvironmentIsRoutedToo() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var name = "try-" + DeployFlowIT.shortId(app) + ".example.com";
    environments.name(app, staging, name);
    var first = environments.live(staging);
    var own = test.app(app).slug() + "--staging.localhost";
    assertThat(routes(app))
        .containsExactlyInAnyOrder(
            own + " " + container(app, first), name + " " + container(app, first));
    assertThat(agent.seen(ROUTE_ADD).stream().map(seen -> seen.text("domain")))
        .containsExactly(own, name);

    // The name leads there at once, not only with the next version.
    agent.forget();
    environments.name(app, staging, "new-" + name);
    test.until("the old name is forgotten", () -> !agent.seen(ROUTE_REMOVE).isEmpty());
    assertThat(agent.last(ROUTE_REMOVE).text("domain")).isEqualTo(name);
    test.until("the new name is known", () -> !agent.seen(ROUTE_ADD).isEmpty());
    assertThat(agent.last(ROUTE_ADD).text("domain")).isEqualTo("new-" + name);
    assertThat(agent.last(ROUTE_ADD).text("upstream_host")).isEqualTo(container(app, first));
    var second = environments.live(staging);
    assertThat(routes(app))
        .containsExactlyInAnyOrder(
            own + " " + container(app, second), "new-" + name + " " + container(app, second));
  }

  @Test
  void aHostNameThatIsGivenMeanwhileLeadsToTheNewVersion() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    environments.live(staging);
    agent.on(APP_BUILD, TestAgent.Reply.silence());
    var second = environments.deploy(staging, Map.of());
    test.until("it builds", () -> agent.seen(APP_BUILD).size() > 1);
    agent.on(ROUTE_ADD, TestAgent.Reply.silence());
    var build = agent.last(APP_BUILD);
    agent.end(build, TestAgent.Reply.completed("Build complete"));
    test.untilStatus(second, "health_checking");
    test.until("it is routed", () -> agent.seen(ROUTE_ADD).size() > 1);
    var routing = agent.last(ROUTE_ADD);
    var name = "late-" + DeployFlowIT.shortId(app) + ".example.com";
    environments.name(app, staging, name);
    test.until("the name is heard of", () -> !test.step());
    // Who gets the requests is about to be settled.
    assertThat(agent.last(ROUTE_ADD)).isEqualTo(routing);
    agent.heal(ROUTE_ADD);
    agent.end(routing, TestAgent.Reply.completed("route added"));
    test.untilStatus(second, "live");
    test.until("the name leads somewhere", () -> agent.last(ROUTE_ADD).text("domain").equals(name));
    assertThat(agent.last(ROUTE_ADD).text("upstream_host")).isEqualTo(container(app, second));
    var own = test.app(app).slug() + "--staging.localhost";
    assertThat(routes(app))
        .containsExactlyInAnyOrder(
            own + " " + container(app, second), name + " " + container(app, second));
  }

  @Test
  void aHostNameThatCanNotBeRoutedLeadsAllBackToTheOldVersion() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var first = environments.live(staging);
    var own = test.app(app).slug() + "--staging.localhost";
    var name = "bad-" + DeployFlowIT.shortId(app) + ".example.com";
    environments.name(app, staging, name);
    agent.on(
        ROUTE_ADD,
        seen ->
            seen.text("domain").equals(name)
                ? TestAgent.Reply.failed("no such zone")
                : TestAgent.Reply.completed("route added"));
    var second = environments.deploy(staging, Map.of());
    test.untilStatus(second, "failed");
    untilRemoved(agent, container(app, second));
    assertThat(routes(app))
        .containsExactlyInAnyOrder(
            own + " " + container(app, first), name + " " + container(app, first));
    var last =
        agent.seen(ROUTE_ADD).stream().filter(seen -> seen.text("domain").equals(own)).toList();
    assertThat(last.getLast().text("upstream_host")).isEqualTo(container(app, first));
    assertThat(test.status(first)).isEqualTo("live");
  }

  @Test
  void aCanaryInStagingGetsItsShareOfAllItsHostNames() {
    var rollout = Rollout.of(test, 1);
    var staging = environments.add(rollout.app, "staging");
    var name = "canary-" + DeployFlowIT.shortId(rollout.app) + ".example.com";
    environments.name(rollout.app, staging, name);
    var first = rollout.container(environments.live(staging));
    rollout.canary(10);
    rollout.agent.forget();
    var id = environments.deploy(staging, Map.of());
    var second = rollout.container(id);
    rollout.untilStep(id, "watch");
    assertThat(rollout.led())
        .containsExactly(Map.of(second, 10, first, 90), Map.of(second, 10, first, 90));
    rollout.finish(id);
    var own = test.app(rollout.app).slug() + "--staging.localhost";
    assertThat(rollout.agent.seen(ROUTE_ADD).stream().map(seen -> seen.text("domain")))
        .containsExactly(own, name, own, name);
    assertThat(rollout.led().subList(2, 4)).containsOnly(Map.of(second, 1));
    assertThat(routes(rollout.app))
        .contains(test.app(rollout.app).slug() + ".localhost " + rollout.container(rollout.live));
  }

  @Test
  void theWayBackLeadsEachHostNameBeforeTheNewVersionGoes() {
    var rollout = Rollout.of(test, 1);
    var staging = environments.add(rollout.app, "staging");
    var name = "back-" + DeployFlowIT.shortId(rollout.app) + ".example.com";
    environments.name(rollout.app, staging, name);
    var first = rollout.container(environments.live(staging));
    rollout.canary(10);
    var id = environments.deploy(staging, Map.of());
    rollout.untilStep(id, "watch");
    rollout.agent.forget();
    assertThat(test.user.post("/api/deployments/" + id + "/cancel", null).status()).isEqualTo(200);
    rollout.untilBack(id);
    var own = test.app(rollout.app).slug() + "--staging.localhost";
    assertThat(rollout.agent.seen(ROUTE_ADD).stream().map(seen -> seen.text("domain")))
        .containsExactly(own, name);
    assertThat(rollout.led()).containsOnly(Map.of(first, 1));
    var types = rollout.agent.types();
    assertThat(types.indexOf(APP_STOP)).isGreaterThan(types.lastIndexOf(ROUTE_ADD));
  }

  @Test
  void theWayBackInStagingHoldsNobodyUpInProduction() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var first = environments.live(staging);
    var own = test.app(app).slug() + "--staging.localhost";
    agent.on(
        ROUTE_ADD,
        seen ->
            seen.text("domain").equals(own)
                ? TestAgent.Reply.silence()
                : TestAgent.Reply.completed("route added"));
    agent.forget();
    var second = environments.deploy(staging, Map.of());
    test.until("it is routed", () -> !agent.seen(ROUTE_ADD).isEmpty());
    agent.end(agent.last(ROUTE_ADD), TestAgent.Reply.failed("no"));
    test.untilStatus(second, "failed");
    test.until("it is led back", () -> agent.seen(ROUTE_ADD).size() > 1);
    var back = agent.last(ROUTE_ADD);
    assertThat(back.text("upstream_host")).isEqualTo(container(app, first));

    var production = test.live(app);
    test.untilOperation(test.act(app, "restart"), "succeeded");
    var waiting = environments.deploy(staging, Map.of());
    assertThat(test.status(waiting)).isEqualTo("queued");
    agent.heal(ROUTE_ADD);
    agent.end(back, TestAgent.Reply.completed("route added"));
    test.untilStatus(waiting, "live");
    untilRemoved(agent, container(app, second));
    assertThat(test.status(production)).isEqualTo("live");
    assertThat(routes(app)).contains(own + " " + container(app, waiting)).hasSize(2);
  }

  @Test
  void anEdgeThatChoosesNamesItselfTellsEnvironmentsApart() {
    var agent = test.agent(test.tenant, "{\"runtime\":\"rust\"}");
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var name = "edge-" + DeployFlowIT.shortId(app) + ".example.com";
    environments.name(app, staging, name);
    var id = environments.live(staging);
    var slug = test.app(app).slug();
    assertThat(agent.last(APP_PROXY_SETUP).text("slug")).isEqualTo(slug + "--staging");
    assertThat(agent.last(APP_PROXY_SETUP).payload().at("/domains/0").asText()).isEqualTo(name);
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    untilRemoved(agent, container(app, id));
    assertThat(agent.last(APP_PROXY_REMOVE).text("slug")).isEqualTo(slug + "--staging");
  }

  @Test
  void aRemovedEnvironmentIsTakenDown() {
    var agent = test.agent();
    var app = test.app(agent);
    var production = test.live(app);
    var staging = environments.add(app, "staging");
    var id = environments.live(staging);
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    expect(
        200,
        admin.put(
            "/api/apps/" + app + "/approval-policy",
            Map.of("enabled", true, "environments", List.of("staging"))));
    var held = environments.deploy(staging, Map.of());
    assertThat(test.status(held)).isEqualTo("awaiting_approval");
    agent.forget();
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    untilRemoved(agent, container(app, id));
    var host = test.app(app).slug() + "--staging.localhost";
    assertThat(agent.last(ROUTE_REMOVE).text("domain")).isEqualTo(host);
    assertThat(agent.seen(APP_STOP)).hasSize(1);
    assertThat(test.status(id)).isEqualTo("superseded");
    assertThat(test.status(held)).isEqualTo("cancelled");
    assertThat(test.status(production)).isEqualTo("live");
    assertThat(routes(app)).hasSize(1);
    assertThat(environments.ask(staging, Map.of()).status()).isEqualTo(404);
    var again = test.user.post("/api/apps/" + app + "/rollback", Map.of("deployment_id", id));
    assertThat(again.status()).isEqualTo(404);
    test.deliverAllAgain();
    test.until("all is quiet", () -> !test.step());
    assertThat(agent.seen(APP_STOP)).hasSize(1);
  }

  @Test
  void whatIsHeardOfARemovedEnvironmentLeavesProductionAlone() {
    var agent = test.agent();
    var app = test.app(agent);
    var production = test.live(app);
    var staging = environments.add(app, "staging");
    var id = environments.live(staging);
    agent.forget();
    // Both are heard of only when it is gone.
    environments.name(app, staging, "gone-" + DeployFlowIT.shortId(app) + ".example.com");
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    untilRemoved(agent, container(app, id));
    assertThat(agent.seen(ROUTE_ADD)).isEmpty();
    assertThat(routes(app))
        .containsExactly(test.app(app).slug() + ".localhost " + container(app, production));
  }

  @Test
  void anAppThatOnlyRanInAnEnvironmentIsTakenDownToo() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var id = environments.live(staging);
    var name = container(app, id);
    var answer = expect(202, test.user.delete("/api/apps/" + app));
    test.untilOperation(UUID.fromString(answer.at("/operation_id")), "succeeded");
    assertThat(agent.last(APP_STOP).text("container_name")).isEqualTo(name);
    assertThat(agent.last(ROUTE_REMOVE).text("domain")).endsWith("--staging.localhost");
    test.until(
        "nothing is known of it",
        () ->
            test.query("select id from deployments_deployment where app_id = '" + app + "'")
                .isEmpty());
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
        .containsExactly(container(app, production));
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
  void aServerThatIsGoneFailsWhatRanThere() {
    var agent = test.agent();
    var away = test.agent();
    var app = test.app(agent);
    test.live(app);
    var staging = environments.add(app, "staging", Map.of("server_id", away.server()));
    environments.live(staging);
    away.vanish();
    test.sql("update fleet_server set status = 'offline' where id = '" + away.server() + "'");
    test.remove(away);
    test.until(
        "the environment has failed",
        () -> environments.get(staging).status() == EnvironmentStatus.FAILED);
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
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
