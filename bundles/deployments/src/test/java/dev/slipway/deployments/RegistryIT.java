package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Role;
import dev.slipway.api.event.EventFilter;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Credentials of registries reach the agent that needs them, and nobody and nothing else. */
class RegistryIT {
  static final String PASSWORD = "tok-Right-12345678";
  static final String HOST = "registry.example.com";
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    for (var host : new String[] {HOST, "other.example.com"}) {
      var body = Map.of("host", host, "username", "robot", "password", PASSWORD);
      var admin = test.platform.as(test.tenant, Role.ADMIN);
      expect(201, admin.post("/api/registry-credentials", body));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static UUID imageApp(TestAgent agent) {
    return test.emptyApp(agent, Map.of("source_type", "image", "image", HOST + "/team/app:1"));
  }

  static JsonNode logins(JsonNode payload) {
    return payload.path("registry_logins");
  }

  @Test
  void aPullGetsTheLoginOfItsRegistry() {
    var agent = test.agent();
    var app = imageApp(agent);
    var id = test.live(app);
    var logins = logins(AppRuntimeIT.started(agent));
    assertThat(logins).hasSize(1);
    assertThat(logins.at("/0/host").asText()).isEqualTo(HOST);
    assertThat(logins.at("/0/username").asText()).isEqualTo("robot");
    assertThat(logins.at("/0/password").asText()).isEqualTo(PASSWORD);
    var told = EventFilter.types("apps.registry_credential.handed_over");
    assertThat(test.platform.events().after(test.scope, told, null, 1000))
        .filteredOn(event -> id.equals(event.uuid("deployment_id")))
        .hasSize(1);
  }

  @Test
  void anImageThatIsThereNeedsNone() {
    var agent = test.agent();
    var app = imageApp(agent);
    test.live(app);
    var next = test.deploy(app, Map.of("image", HOST + "/team/app:2"));
    test.untilStatus(next, "live");
    var back = expect(202, test.user.post("/api/apps/" + app + "/rollback", Map.of()));
    test.untilStatus(UUID.fromString(back.at("/deployment/id")), "live");
    assertThat(AppRuntimeIT.started(agent).path("skip_pull").asBoolean()).isTrue();
    assertThat(logins(AppRuntimeIT.started(agent)).isMissingNode()).isTrue();
  }

  @Test
  void aBuildGetsAllForItsBaseImages() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    assertThat(logins(agent.last(APP_BUILD).payload())).hasSize(2);
    assertThat(logins(AppRuntimeIT.started(agent)).isMissingNode()).isTrue();
  }

  @Test
  void codeThatNobodyHasReadGetsNone() {
    var agent = test.agent();
    var app = test.app(agent);
    var environment = test.previews.add(test.scope, app, "PR 7", "main", false).id();
    var environments = new TestEnvironments(test);
    var id = environments.live(environment);
    assertThat(logins(agent.last(APP_BUILD).payload())).hasSize(2);
    test.preview(app, id);
    test.sql(
        "update deployments_preview set secrets = false where environment_id = '"
            + environment
            + "'");
    environments.live(environment);
    assertThat(logins(agent.last(APP_BUILD).payload()).isMissingNode()).isTrue();
  }

  @Test
  void aServerWithoutAnEngineGetsNone() {
    var agent = test.agent(test.tenant, "{\"runtime\":\"process\"}");
    var app = test.app(agent);
    test.deploy(app);
    test.until("it is built", () -> !agent.seen(APP_BUILD).isEmpty());
    assertThat(logins(agent.last(APP_BUILD).payload()).isMissingNode()).isTrue();
  }

  @Test
  void aRefusedPullLeavesTheOldVersionAndNoPassword() {
    var agent = test.agent();
    var app = imageApp(agent);
    var live = test.live(app);
    var word = "the registry " + HOST + " refuses the credentials that are kept for it: ";
    // An agent that knows no better repeats what it was sent.
    agent.on(APP_DEPLOY, failed(word + "robot:" + PASSWORD));
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(test.deployment(id).at("/deployment/error_message"))
        .isEqualTo("Start failed: " + word + "***");
    assertThat(test.status(live)).isEqualTo("live");
    var path = "/api/deployments/" + id + "/diagnostics";
    test.until("it is explained", () -> test.user.get(path).text().contains("image-pull"));
    assertThat(test.user.get(path).text()).doesNotContain(PASSWORD);
    test.until("all is quiet", () -> !test.step());
    assertThat(test.rowsWith("%", PASSWORD)).isEmpty();
  }
}
