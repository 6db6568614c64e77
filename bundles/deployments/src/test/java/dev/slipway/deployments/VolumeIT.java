package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.deployments.service.volume.VolumesOnServer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Volumes reach the agent, each place has its own, and they go only when that is asked for. */
class VolumeIT {
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

  static String digits(UUID id) {
    return id.toString().replace("-", "");
  }

  static JsonNode volume(TestAgent agent) {
    return AppRuntimeIT.started(agent).at("/volumes/0");
  }

  static List<String> leftovers(TestAgent agent) {
    return test.query(
        "select name || ' ' || status || ' ' || reason from fleet_orphan where kind = 'volume'"
            + " and server_id = '"
            + agent.server()
            + "'");
  }

  static java.util.Set<String> kept(TestAgent agent) {
    return new VolumesOnServer(test.database).on(test.tenant, agent.server());
  }

  static void untilSwept(TestAgent agent, String what) {
    test.until(
        what,
        () -> {
          test.wiring().volumes.run();
          return !leftovers(agent).isEmpty();
        });
  }

  @Test
  void anAppWithoutVolumesGetsNone() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    assertThat(AppRuntimeIT.started(agent).has("volumes")).isFalse();
  }

  @Test
  void everyVersionGetsTheSameVolumeByTheContractsMembers() {
    var agent = test.agent();
    var app = test.app(agent);
    add(app, "data", "/data");
    test.live(app);
    var first = volume(agent);
    assertThat(first.path("host_path").asText()).isEqualTo("deploy-vol-" + digits(app) + ".data");
    assertThat(first.path("container_path").asText()).isEqualTo("/data");
    assertThat(first.path("read_only").asBoolean()).isFalse();
    assertThat(first.path("variable").asText()).isEqualTo("VOLUME_DATA");
    assertThat(AppRuntimeIT.started(agent).at("/env_vars/VOLUME_DATA").asText()).isEqualTo("/data");
    test.live(app);
    assertThat(volume(agent)).isEqualTo(first);
    assertThat(kept(agent)).containsExactly(first.path("host_path").asText());
    assertThat(new VolumesOnServer(test.database).on(UUID.randomUUID(), agent.server())).isEmpty();
  }

  @Test
  void environmentsHaveTheirOwnAndPromotionsKeepThem() {
    var agent = test.agent();
    var app = test.app(agent);
    add(app, "data", "/data");
    var production = test.live(app);
    var name = "deploy-vol-" + digits(app);
    var staging = environments.add(app, "staging");
    var own = name + "." + digits(staging) + ".data";
    environments.live(staging);
    assertThat(volume(agent).path("host_path").asText()).isEqualTo(own);
    environments.promoted(staging, production);
    assertThat(volume(agent).path("host_path").asText()).isEqualTo(own);
    assertThat(kept(agent)).containsExactlyInAnyOrder(name + ".data", own);

    expect(
        204, test.user.delete("/api/apps/" + app + "/environments/" + staging + "?volumes=purge"));
    untilSwept(agent, "its volume is left to the sweeper");
    assertThat(leftovers(agent)).containsExactly(own + " pending its environment was removed");
    assertThat(kept(agent)).containsExactly(name + ".data");
  }

  @Test
  void aPreviewNeverSeesProductionsAndTakesItsOwnAlong() {
    var agent = test.agent();
    var app = test.app(agent);
    add(app, "data", "/data");
    test.live(app);
    var preview = test.previews.add(test.scope, app, "PR 7", "main", false).id();
    environments.live(preview);
    var own = "deploy-vol-" + digits(app) + "." + digits(preview) + ".data";
    assertThat(volume(agent).path("host_path").asText()).isEqualTo(own);
    test.previews.remove(test.scope, preview);
    untilSwept(agent, "its volume goes with it");
    assertThat(leftovers(agent)).containsExactly(own + " pending its environment was removed");
  }

  @Test
  void aPurgedVolumeIsLeftAloneWhileTheVersionThatHasItRuns() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = add(app, "data", "/data");
    test.live(app);
    expect(204, test.user.delete("/api/apps/" + app + "/volumes/" + id + "?data=purge"));
    test.until("it is known", () -> kept(agent).isEmpty());
    test.wiring().volumes.run();
    assertThat(leftovers(agent)).isEmpty();
    test.live(app);
    assertThat(AppRuntimeIT.started(agent).has("volumes")).isFalse();
    untilSwept(agent, "the version that had it is gone");
    assertThat(agent.seen(APP_STOP)).isNotEmpty();
    assertThat(leftovers(agent))
        .containsExactly(
            "deploy-vol-" + digits(app) + ".data pending the volume was taken from the app");
  }

  @Test
  void aKeptVolumeIsFoundAgainByItsName() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = add(app, "data", "/data");
    test.live(app);
    expect(204, test.user.delete("/api/apps/" + app + "/volumes/" + id));
    test.live(app);
    test.wiring().volumes.run();
    assertThat(leftovers(agent)).isEmpty();
    assertThat(kept(agent)).hasSize(1);
    add(app, "data", "/elsewhere");
    test.live(app);
    assertThat(volume(agent).path("host_path").asText())
        .isEqualTo("deploy-vol-" + digits(app) + ".data");
  }

  @Test
  void onePurgedAndAddedAgainInTimeIsKept() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = add(app, "data", "/data");
    test.live(app);
    expect(204, test.user.delete("/api/apps/" + app + "/volumes/" + id + "?data=purge"));
    test.until("it is known", () -> kept(agent).isEmpty());
    add(app, "data", "/data");
    test.live(app);
    test.until("all is quiet", () -> !test.step());
    test.wiring().volumes.run();
    assertThat(leftovers(agent)).isEmpty();
    assertThat(kept(agent)).hasSize(1);
    test.deliverAllAgain();
    assertThat(kept(agent)).as("after late news of the removal").hasSize(1);
  }

  @Test
  void whoDeletesAnAppDecidesAboutItsData() {
    var agent = test.agent();
    var kept = test.app(agent);
    add(kept, "data", "/data");
    test.live(kept);
    delete(kept, "");
    test.wiring().volumes.run();
    assertThat(leftovers(agent)).isEmpty();
    assertThat(kept(agent)).containsExactly("deploy-vol-" + digits(kept) + ".data");

    var purged = test.app(agent);
    add(purged, "data", "/data");
    test.live(purged);
    environments.live(environments.add(purged, "staging"));
    delete(purged, "?volumes=purge");
    untilSwept(agent, "its volumes are left to the sweeper");
    assertThat(leftovers(agent)).hasSize(2).allMatch(each -> each.contains(digits(purged)));
    assertThat(kept(agent)).hasSize(1);
  }

  static void delete(UUID app, String query) {
    var answer = expect(202, test.user.delete("/api/apps/" + app + query));
    test.untilOperation(UUID.fromString(answer.at("/operation_id")), "succeeded");
  }

  @Test
  void anotherServerBeginsWithAnEmptyOneAndTheLogSaysSo() {
    var agent = test.agent();
    var app = test.app(agent);
    add(app, "data", "/data");
    test.live(app);
    var other = test.agent();
    var id = test.deploy(app, Map.of("server_id", other.server()));
    test.untilStatus(id, "live");
    assertThat(kept(other)).hasSize(1);
    assertThat(test.query("select message from logs_line where deployment_id = '" + id + "'"))
        .contains(
            "The volume data begins empty on this server: its data stays on the server where it was");
    assertThat(kept(agent)).as("where the data is").hasSize(1);
  }

  @Test
  void readinessWarnsOfVersionsThatShareAVolume() {
    var agent = test.agent();
    var app = test.app(agent);
    assertThat(resources(app)).startsWith("skipped");
    add(app, "data", "/data");
    assertThat(resources(app)).startsWith("warn the old and the new version hold");
    var policy = "/api/apps/" + app + "/rollout-policy";
    expect(201, test.user.post(policy, Map.of("strategy", "recreate")));
    assertThat(resources(app)).startsWith("pass");
    expect(200, test.user.patch("/api/apps/" + app, Map.of("replicas", 2)));
    assertThat(resources(app)).startsWith("warn 2 instances write");
  }

  static String resources(UUID app) {
    var checks =
        expect(200, test.user.get("/api/apps/" + app + "/deployment-readiness"))
            .json()
            .at("/checks");
    for (var check : checks) {
      if (check.path("key").asText().equals("resources")) {
        return check.path("status").asText() + " " + check.path("message").asText();
      }
    }
    throw new AssertionError("no such check: " + checks);
  }
}
