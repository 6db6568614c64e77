package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.ROUTE_REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Role;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.EnvironmentStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What runs in an environment goes with it, and nothing else does. */
class EnvironmentRemovalIT {
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
    environments.untilRemoved(agent, environments.container(app, id));
    var host = test.app(app).slug() + "--staging.localhost";
    assertThat(agent.last(ROUTE_REMOVE).text("domain")).isEqualTo(host);
    assertThat(agent.seen(APP_STOP)).hasSize(1);
    assertThat(test.status(id)).isEqualTo("superseded");
    assertThat(test.status(held)).isEqualTo("cancelled");
    assertThat(test.status(production)).isEqualTo("live");
    assertThat(environments.routes(app)).hasSize(1);
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
    environments.untilRemoved(agent, environments.container(app, id));
    assertThat(agent.seen(ROUTE_ADD)).isEmpty();
    assertThat(environments.routes(app))
        .containsExactly(
            test.app(app).slug() + ".localhost " + environments.container(app, production));
  }

  @Test
  void anAppThatOnlyRanInAnEnvironmentIsTakenDownToo() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var id = environments.live(staging);
    var name = environments.container(app, id);
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
}
