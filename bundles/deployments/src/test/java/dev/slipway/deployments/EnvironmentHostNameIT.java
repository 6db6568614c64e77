package dev.slipway.deployments;

import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_PROXY_REMOVE;
import static dev.slipway.fleet.CommandType.APP_PROXY_SETUP;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.ROUTE_REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.EnvironmentStatus;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The host names of an environment lead to what is live there, whatever happens on the way. */
class EnvironmentHostNameIT {
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
  void theHostNameOfAnEnvironmentIsRoutedToo() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var name = "try-" + DeployFlowIT.shortId(app) + ".example.com";
    environments.name(app, staging, name);
    var first = environments.live(staging);
    var own = test.app(app).slug() + "--staging.localhost";
    assertThat(environments.routes(app))
        .containsExactlyInAnyOrder(
            own + " " + environments.container(app, first),
            name + " " + environments.container(app, first));
    assertThat(agent.seen(ROUTE_ADD).stream().map(seen -> seen.text("domain")))
        .containsExactly(own, name);

    // The name leads there at once, not only with the next version.
    agent.forget();
    environments.name(app, staging, "new-" + name);
    test.until("the old name is forgotten", () -> !agent.seen(ROUTE_REMOVE).isEmpty());
    assertThat(agent.last(ROUTE_REMOVE).text("domain")).isEqualTo(name);
    test.until("the new name is known", () -> !agent.seen(ROUTE_ADD).isEmpty());
    assertThat(agent.last(ROUTE_ADD).text("domain")).isEqualTo("new-" + name);
    assertThat(agent.last(ROUTE_ADD).text("upstream_host"))
        .isEqualTo(environments.container(app, first));
    var second = environments.live(staging);
    assertThat(environments.routes(app))
        .containsExactlyInAnyOrder(
            own + " " + environments.container(app, second),
            "new-" + name + " " + environments.container(app, second));
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
    assertThat(agent.last(ROUTE_ADD).text("upstream_host"))
        .isEqualTo(environments.container(app, second));
    var own = test.app(app).slug() + "--staging.localhost";
    assertThat(environments.routes(app))
        .containsExactlyInAnyOrder(
            own + " " + environments.container(app, second),
            name + " " + environments.container(app, second));
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
    // One of its names leads nowhere, so it is not as it should be.
    test.until(
        "the way back has ended",
        () -> environments.get(staging).status() == EnvironmentStatus.DEGRADED);
    assertThat(environments.routes(app))
        .containsExactly(own + " " + environments.container(app, first));
    var last =
        agent.seen(ROUTE_ADD).stream().filter(seen -> seen.text("domain").equals(own)).toList();
    assertThat(last.getLast().text("upstream_host")).isEqualTo(environments.container(app, first));
    assertThat(test.status(first)).isEqualTo("live");

    agent.heal(ROUTE_ADD);
    var third = environments.live(staging);
    environments.untilRemoved(agent, environments.container(app, second));
    assertThat(environments.get(staging).status()).isEqualTo(EnvironmentStatus.RUNNING);
    assertThat(environments.routes(app))
        .containsExactlyInAnyOrder(
            own + " " + environments.container(app, third),
            name + " " + environments.container(app, third));
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
    assertThat(environments.routes(rollout.app))
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
    assertThat(back.text("upstream_host")).isEqualTo(environments.container(app, first));

    var production = test.live(app);
    test.untilOperation(test.act(app, "restart"), "succeeded");
    var waiting = environments.deploy(staging, Map.of());
    assertThat(test.status(waiting)).isEqualTo("queued");
    agent.heal(ROUTE_ADD);
    agent.end(back, TestAgent.Reply.completed("route added"));
    test.untilStatus(waiting, "live");
    environments.untilRemoved(agent, environments.container(app, second));
    assertThat(test.status(production)).isEqualTo("live");
    assertThat(environments.routes(app))
        .contains(own + " " + environments.container(app, waiting))
        .hasSize(2);
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
    environments.untilRemoved(agent, environments.container(app, id));
    assertThat(agent.last(APP_PROXY_REMOVE).text("slug")).isEqualTo(slug + "--staging");
  }
}
