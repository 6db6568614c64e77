package dev.slipway.apps.resource.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.AppProcess;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  UUID app;
  String processes;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion), new ProcessResource(feature.processes));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    var made = member.post("/api/apps", Map.of("name", "app", "source_type", "git"));
    app = UUID.fromString(made.at("/app/id"));
    processes = "/api/apps/" + app + "/processes";
  }

  Answer put(String name, String command, int replicas) {
    return member.put(processes + "/" + name, Map.of("command", command, "replicas", replicas));
  }

  List<StoredEvent> said() {
    return feature.said(TestPlatform.caller(tenant, Role.OWNER), app);
  }

  @Test
  void processesAreSetListedAndTaken() {
    var made = member.put(processes + "/worker", Map.of("command", "bin/worker --queue mail"));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.at("/process/app_id")).isEqualTo(app.toString());
    assertThat(made.at("/process/replicas")).as("unless it is said").isEqualTo("1");
    assertThat(put("clock", "bin/clock", 0).status()).isEqualTo(200);
    assertThat(member.get(processes).at("/processes/0/name")).isEqualTo("clock");
    assertThat(member.get(processes).at("/processes/1/command"))
        .isEqualTo("bin/worker --queue mail");
    assertThat(feature.processes.ofApp(scope, app))
        .extracting(AppProcess::name)
        .containsExactly("clock", "worker");
    assertThat(feature.processes.ofApp(Scope.tenant(Ids.next()), app)).isEmpty();

    var again = put("worker", "bin/worker", 3);
    assertThat(again.at("/process/created_at")).isEqualTo(made.at("/process/created_at"));
    assertThat(again.at("/process/replicas")).isEqualTo("3");
    var count = said().size();
    put("worker", "bin/worker", 3);
    assertThat(said()).as("the same again says nothing").hasSize(count);

    assertThat(member.delete(processes + "/clock").status()).isEqualTo(204);
    assertThat(member.delete(processes + "/clock").at("/code")).isEqualTo("apps.process.not-found");
    assertThat(said())
        .extracting(StoredEvent::type)
        .endsWith(
            "apps.process.set", "apps.process.set", "apps.process.set", "apps.process.removed");
    assertThat(said().getLast().text("name")).isEqualTo("clock");
    assertThat(said().toString()).as("a command may have a password in it").doesNotContain("bin/");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(put("web", "bin/web", 1).fields()).containsExactly("name");
    assertThat(put("Worker", "bin/worker", 1).fields()).containsExactly("name");
    assertThat(put("1st", "bin/worker", 1).fields()).containsExactly("name");
    assertThat(put("a".repeat(31), "bin/worker", 1).fields()).containsExactly("name");
    assertThat(put("a".repeat(30), "bin/worker", 1).status()).isEqualTo(200);
    assertThat(put("worker", " ", 1).fields()).containsExactly("command");
    assertThat(put("worker", "bin/\0worker", 1).fields()).containsExactly("command");
    assertThat(put("worker", "bin/worker", 21).fields()).containsExactly("replicas");
    assertThat(put("worker", "bin/worker", -1).fields()).containsExactly("replicas");
    assertThat(member.put(processes + "/worker", Map.of("replicas", 1)).fields())
        .containsExactly("command");
    var port = Map.of("command", "bin/worker", "port", 3000);
    assertThat(member.put(processes + "/worker", port).status()).isEqualTo(400);
  }

  @Test
  void anAppHasTenAtMost() {
    for (var number = 1; number <= 10; number++) {
      assertThat(put("p" + number, "bin/run", 1).status()).isEqualTo(200);
    }
    assertThat(put("p11", "bin/run", 1).at("/code")).isEqualTo("apps.process.too-many");
    assertThat(put("p10", "bin/other", 1).status()).as("one that is there").isEqualTo(200);
  }

  @Test
  void aComposeFileHasItsOwn() {
    var made = member.post("/api/apps", Map.of("name", "stack", "source_type", "compose"));
    var stack = "/api/apps/" + made.at("/app/id");
    var refused = member.put(stack + "/processes/worker", Map.of("command", "bin/worker"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("apps.process.compose");
    put("worker", "bin/worker", 1);
    var turned = member.patch("/api/apps/" + app, Map.of("source_type", "compose"));
    assertThat(turned.at("/code")).isEqualTo("apps.process.compose");
    assertThat(turned.fields()).containsExactly("source_type");
    member.delete(processes + "/worker");
    assertThat(member.patch("/api/apps/" + app, Map.of("source_type", "compose")).status())
        .isEqualTo(200);
  }

  @Test
  void strangersAndOtherAppsFindNothing() {
    put("worker", "bin/worker", 1);
    assertThat(stranger.get(processes).status()).isEqualTo(404);
    assertThat(stranger.delete(processes + "/worker").status()).isEqualTo(404);
    assertThat(stranger.put(processes + "/other", Map.of("command", "x")).status()).isEqualTo(404);
    var other = member.post("/api/apps", Map.of("name", "other", "source_type", "git"));
    var elsewhere = "/api/apps/" + other.at("/app/id") + "/processes/worker";
    assertThat(member.delete(elsewhere).status()).isEqualTo(404);
  }

  @Test
  void scalingChangesTheNumberAlone() {
    put("worker", "bin/worker", 1);
    assertThat(feature.processes.scaled(scope, app, "worker", 4)).isTrue();
    assertThat(feature.processes.ofApp(scope, app).getFirst().replicas()).isEqualTo(4);
    assertThat(feature.processes.ofApp(scope, app).getFirst().command()).isEqualTo("bin/worker");
    assertThat(feature.processes.scaled(scope, app, "clock", 4)).isFalse();
    assertThat(feature.processes.scaled(Scope.tenant(Ids.next()), app, "worker", 4)).isFalse();
    feature.published.statusChanged(scope, app, AppStatus.DEPLOYING, null, null);
    assertThat(member.delete("/api/apps/" + app).status()).isEqualTo(202);
    assertThat(feature.processes.scaled(scope, app, "worker", 5)).isFalse();
    assertThat(put("worker", "bin/worker", 2).status()).isEqualTo(409);
  }
}
