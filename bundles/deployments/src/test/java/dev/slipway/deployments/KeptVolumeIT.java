package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.COMPOSE_DOWN;
import static dev.slipway.fleet.CommandType.VOLUME_REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.deployments.service.volume.VolumesOnServer;
import dev.slipway.testkit.Answer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was kept is listed, and deleted at its server when somebody asks for that. */
class KeptVolumeIT {
  private static final String PATH = "/api/kept-volumes";

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

  static String add(UUID app, String name, String path) {
    var body = Map.of("name", name, "mount_path", path);
    return expect(201, test.user.post("/api/apps/" + app + "/volumes", body)).at("/volume/id");
  }

  static void delete(UUID app, String query) {
    var answer = expect(202, test.user.delete("/api/apps/" + app + query));
    test.untilOperation(UUID.fromString(answer.at("/operation_id")), "succeeded");
    test.until("it is forgotten", () -> !test.step());
  }

  /** The volumes that the fleet leaves alone. */
  static Set<String> onServer(TestAgent agent) {
    return new VolumesOnServer(test.database).on(test.tenant, agent.server());
  }

  static JsonNode list(UUID app) {
    return expect(200, test.user.get(PATH + "?app_id=" + app)).json();
  }

  static JsonNode only(UUID app) {
    test.until("it is noted", () -> list(app).path("total").asInt() == 1);
    return list(app).at("/kept_volumes/0");
  }

  static void untilNone(UUID app) {
    test.until("none is left", () -> list(app).path("total").asInt() == 0);
  }

  static Answer purge(JsonNode kept) {
    return test.user.delete(PATH + "/" + kept.path("id").asText());
  }

  static void untilPurged(JsonNode kept) {
    test.untilOperation(UUID.fromString(expect(202, purge(kept)).at("/operation_id")), "succeeded");
  }

  /** An app with a volume that its live version does not have any more. */
  static UUID withoutItsVolume(TestAgent agent) {
    var app = test.app(agent);
    var id = add(app, "data", "/data");
    test.live(app);
    expect(204, test.user.delete("/api/apps/" + app + "/volumes/" + id));
    test.live(app);
    only(app);
    test.until("the version that had it is gone", () -> !test.step());
    return app;
  }

  @Test
  void aDeletedVolumeIsListedAndPurgedAtItsServer() {
    var agent = test.agent();
    var app = withoutItsVolume(agent);
    var kept = only(app);
    var name = "deploy-vol-" + app.toString().replace("-", "") + ".data";
    assertThat(kept.path("kind").asText()).isEqualTo("volume");
    assertThat(kept.path("name").asText()).isEqualTo(name);
    assertThat(kept.path("volume").asText()).isEqualTo("data");
    assertThat(kept.path("server_id").asText()).isEqualTo(agent.server().toString());
    assertThat(kept.path("app_slug").asText()).isEqualTo(test.app(app).slug());
    assertThat(kept.path("environment_id").isNull()).isTrue();
    assertThat(kept.path("deleted").asText()).isEqualTo("volume");
    assertThat(kept.path("kept_by").asText()).isEqualTo(test.user.userId().toString());
    var path = PATH + "/" + kept.path("id").asText();
    assertThat(expect(200, test.user.get(path)).json().path("kept_volume")).isEqualTo(kept);

    untilPurged(kept);
    assertThat(agent.last(VOLUME_REMOVE).text("volume_name")).isEqualTo(name);
    assertThat(list(app).path("total").asInt()).isZero();
    assertThat(onServer(agent)).isEmpty();
    test.deliverAllAgain();
    assertThat(list(app).path("total").asInt()).as("after late news").isZero();
  }

  @Test
  void nobodyElseSeesIt() {
    var kept = only(withoutItsVolume(test.agent()));
    var stranger = test.platform.as(Ids.next(), Role.ADMIN);
    var path = PATH + "/" + kept.path("id").asText();
    assertThat(expect(200, stranger.get(PATH)).json().path("total").asInt()).isZero();
    expect(404, stranger.get(path));
    expect(404, stranger.delete(path));
  }

  @Test
  void pagesAndConditionsChoose() {
    var agent = test.agent();
    withoutItsVolume(agent);
    var second = withoutItsVolume(agent);
    var path = PATH + "?server_id=" + agent.server();
    var page = expect(200, test.user.get(path + "&limit=1")).json();
    assertThat(page.path("total").asInt()).isEqualTo(2);
    assertThat(page.path("kept_volumes")).hasSize(1);
    assertThat(page.at("/kept_volumes/0/app_id").asText()).isEqualTo(second.toString());
    assertThat(expect(200, test.user.get(PATH + "?server_id=" + Ids.next())).json().path("total"))
        .hasToString("0");
  }

  @Test
  void whatAVersionStillHasIsNotPurged() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = add(app, "data", "/data");
    test.live(app);
    expect(204, test.user.delete("/api/apps/" + app + "/volumes/" + id));
    var refused = expect(409, purge(only(app)));
    assertThat(refused.at("/code")).isEqualTo("deployments.kept-volume.in-use");
    assertThat(refused.at("/detail")).contains("a version that has it still runs");
    assertThat(agent.seen(VOLUME_REMOVE)).isEmpty();
  }

  @Test
  void whatAnAppHasAgainIsNeitherPurgedNorListed() {
    var agent = test.agent();
    var app = withoutItsVolume(agent);
    var kept = only(app);
    add(app, "data", "/data");
    var refused = expect(409, purge(kept));
    assertThat(refused.at("/detail")).contains("the app has a volume of this name again");
    untilNone(app);
    expect(404, purge(kept));
    test.live(app);
    assertThat(onServer(agent)).hasSize(1);
  }

  @Test
  void aServerThatIsOfflineIsNotAsked() {
    var agent = test.agent();
    var kept = only(withoutItsVolume(agent));
    agent.vanish();
    test.sql("update fleet_server set status = 'offline' where id = '" + agent.server() + "'");
    var refused = expect(422, purge(kept));
    assertThat(refused.at("/code")).isEqualTo("deployments.server.offline");
    agent.connect();
    untilPurged(kept);
  }

  @Test
  void whatAnAgentRefusesStaysAndCanBeAskedForAgain() {
    var agent = test.agent();
    var app = withoutItsVolume(agent);
    var kept = only(app);
    agent.on(VOLUME_REMOVE, Reply.silence());
    var operation = UUID.fromString(expect(202, purge(kept)).at("/operation_id"));
    assertThat(only(app).path("purge_operation_id").asText()).isEqualTo(operation.toString());
    assertThat(expect(409, purge(kept)).at("/code")).isEqualTo("deployments.kept-volume.purging");
    test.until("the agent has it", () -> !agent.seen(VOLUME_REMOVE).isEmpty());
    agent.end(agent.last(VOLUME_REMOVE), Reply.failed("volume is in use"));
    test.untilOperation(operation, "failed");
    assertThat(expect(200, test.user.get("/api/operations/" + operation)).at("/operation/error"))
        .contains("volume is in use");
    assertThat(only(app).path("purge_operation_id").isNull()).isTrue();
    agent.heal(VOLUME_REMOVE);
    untilPurged(kept);
  }

  @Test
  void whatADeletedEnvironmentHadIsKept() {
    var agent = test.agent();
    var app = test.app(agent);
    add(app, "data", "/data");
    var staging = environments.add(app, "staging");
    environments.live(staging);
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    var kept = only(app);
    assertThat(kept.path("deleted").asText()).isEqualTo("environment");
    assertThat(kept.path("environment_slug").asText())
        .as("the volume is the app's, its place is gone")
        .isEqualTo("staging");
    test.until("what ran there is gone", () -> !test.step());
    untilPurged(kept);
  }

  @Test
  void whatADeletedAppHadIsKeptByItsName() {
    var agent = test.agent();
    var app = test.app(agent);
    var slug = test.app(app).slug();
    add(app, "data", "/data");
    test.live(app);
    delete(app, "");
    var kept = only(app);
    assertThat(kept.path("deleted").asText()).isEqualTo("app");
    assertThat(kept.path("app_slug").asText()).isEqualTo(slug);
    untilPurged(kept);
  }

  @Test
  void whatIsPurgedAtOnceIsNotListed() {
    var agent = test.agent();
    var app = test.app(agent);
    add(app, "data", "/data");
    test.live(app);
    var staging = environments.add(app, "staging");
    environments.live(staging);
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    only(app);
    delete(app, "?volumes=purge");
    untilNone(app);
  }

  @Test
  void whatAComposeFileHadIsKept() {
    var agent = ComposeIT.composing(test);
    var app = test.emptyApp(agent, Map.of("source_type", "compose"));
    test.upload(app, "compose.yaml", "services: {web: {build: .}}\n");
    var slug = test.app(app).slug();
    test.live(app);
    var staging = environments.add(app, "staging");
    environments.live(staging);
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    var kept = only(app);
    assertThat(kept.path("kind").asText()).isEqualTo("compose");
    assertThat(kept.path("name").asText()).isEqualTo(slug + "--staging");
    assertThat(kept.path("volume").isNull()).isTrue();
    test.until("its services are gone", () -> !test.step());
    agent.forget();
    untilPurged(kept);
    var down = agent.last(COMPOSE_DOWN).payload();
    assertThat(down.path("project_name").asText()).isEqualTo(slug + "--staging");
    assertThat(down.path("remove_volumes").asBoolean()).isTrue();

    delete(app, "");
    var production = only(app);
    assertThat(production.path("name").asText()).isEqualTo(slug);
    untilPurged(production);
  }

  @Test
  void anAppOfTheSameNameThatFindsTheDataKeepsIt() {
    var agent = ComposeIT.composing(test);
    var settings = Map.<String, Object>of("source_type", "compose", "name", "Shop of old");
    var app = test.emptyApp(agent, settings);
    test.upload(app, "compose.yaml", "services: {web: {build: .}}\n");
    test.live(app);
    delete(app, "");
    only(app);
    var next = test.emptyApp(agent, settings);
    test.upload(next, "compose.yaml", "services: {web: {build: .}}\n");
    test.live(next);
    untilNone(app);
  }

  @Test
  void aServerThatIsGoneKeepsNothing() {
    var agent = test.agent();
    var app = withoutItsVolume(agent);
    agent.vanish();
    test.sql("update fleet_server set status = 'offline' where id = '" + agent.server() + "'");
    test.remove(agent);
    untilNone(app);
  }
}
