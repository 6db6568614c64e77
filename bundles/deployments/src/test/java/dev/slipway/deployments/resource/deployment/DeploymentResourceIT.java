package dev.slipway.deployments.resource.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestArchive;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.fleet.CommandType;
import dev.slipway.testkit.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation over HTTP. */
class DeploymentResourceIT {
  static TestDeployments test;
  static TestClient stranger;
  static TestAgent agent;
  static UUID app;
  static UUID live;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    stranger = test.platform.as(Ids.next(), Role.OWNER);
    agent = test.agent();
    app = test.app(agent);
    live = test.live(app);
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static String apps(String rest) {
    return "/api/apps/" + app + rest;
  }

  static int deploy(String member, Object value) {
    return test.user.post(apps("/deployments"), Map.of(member, value)).status();
  }

  @Test
  void aDeploymentIsShown() {
    for (var path : List.of("/api/deployments/" + live, apps("/deployments/" + live))) {
      var answer = test.user.get(path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.at("/deployment/id")).isEqualTo(live.toString());
      assertThat(answer.at("/deployment/status")).isEqualTo("live");
      assertThat(answer.at("/deployment/approval_state")).isEqualTo("none");
      assertThat(answer.at("/deployment/commit_sha")).matches("[0-9a-f]{40}");
    }
  }

  @Test
  void listsAreFilteredAndBounded() {
    for (var path : List.of("/api/deployments?app_id=" + app + "&", apps("/deployments?"))) {
      var all = test.user.get(path + "status=live,failed,superseded&branch=main&limit=1");
      assertThat(all.status()).isEqualTo(200);
      assertThat(all.json().at("/deployments")).hasSize(1);
      assertThat(all.json().at("/total").asInt()).isPositive();
      assertThat(test.user.get(path + "branch=other").at("/total")).isEqualTo("0");
      assertThat(test.user.get(path + "status=live,nonsense").fields()).containsExactly("status");
      assertThat(test.user.get(path + "limit=201").fields()).containsExactly("limit");
      assertThat(test.user.get(path + "offset=-1").fields()).containsExactly("offset");
      assertThat(test.user.get(path + "branch=a%07b").fields()).containsExactly("branch");
      assertThat(test.user.get(path + "environment_id=" + Ids.next()).status()).isEqualTo(404);
    }
    assertThat(test.user.get("/api/deployments?server_id=" + agent.server()).status())
        .isEqualTo(200);
    assertThat(test.user.get("/api/deployments?project_id=" + Ids.next()).at("/total"))
        .isEqualTo("0");
  }

  @Test
  void anotherTenantFindsNothing() {
    for (var path :
        List.of(
            "/api/deployments/" + live,
            "/api/deployments/" + live + "/logs/persisted",
            apps("/deployments"),
            apps("/deployments/" + live),
            apps("/deployments/" + live + "/logs"),
            apps("/deployments/" + live + "/progress"),
            apps("/deploy-progress"))) {
      assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
      assertThat(test.platform.anonymous().get(path).status()).as(path).isEqualTo(401);
    }
    for (var action : List.of("deployments", "rollback", "restart", "stop", "start")) {
      assertThat(stranger.post(apps("/" + action), null).status()).as(action).isEqualTo(404);
    }
    assertThat(upload(stranger, apps("/source-archives")).status()).isEqualTo(404);
    assertThat(stranger.get("/api/deployments").at("/total")).isEqualTo("0");
    var other = test.app(agent);
    assertThat(test.user.get("/api/apps/" + other + "/deployments/" + live).status())
        .isEqualTo(404);
  }

  static dev.slipway.testkit.Answer upload(TestClient client, String path) {
    return client.send("POST", path, TestArchive.of("a", "b"), "application/gzip");
  }

  @ParameterizedTest
  @CsvSource({
    "branch, -x",
    "branch, a b",
    "commit_sha, xyz",
    "commit_sha, 12345",
    "image, UPPER/Case:bad tag",
    "server_id, nonsense",
    "env_overrides, text"
  })
  void badInputIsNamed(String member, String value) {
    var answer = test.user.post(apps("/deployments"), Map.of(member, value));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(member);
  }

  @Test
  void textsAndVariablesAreChecked() {
    assertThat(deploy("message", "a\u0000b")).isEqualTo(400);
    assertThat(deploy("message", "x".repeat(1001))).isEqualTo(400);
    for (var variables : List.of(Map.of("1A", "x"), Map.of("PORT", "1"), Map.of("A", "a\u0000b"))) {
      assertThat(deploy("env_overrides", variables)).isEqualTo(400);
    }
    var nothing = new HashMap<String, Object>();
    nothing.put("A", null);
    assertThat(deploy("env_overrides", nothing)).isEqualTo(400);
    var many = new HashMap<String, Object>();
    for (var number = 0; number <= 100; number++) {
      many.put("A" + number, "x");
    }
    assertThat(deploy("env_overrides", many)).isEqualTo(400);
    assertThat(test.user.post(apps("/rollback"), Map.of("reason", "a\u0000b")).fields())
        .containsExactly("reason");
  }

  @Test
  void whatIsMeantMustBeThere() {
    var commit = test.deployment(live).at("/deployment/commit_sha");
    assertThat(deploy("branch", "missing")).isEqualTo(422);
    assertThat(deploy("commit_sha", "0123456789012345678901234567890123456789")).isEqualTo(422);
    assertThat(deploy("commit_sha", "abcdef1")).isEqualTo(422);
    assertThat(deploy("server_id", Ids.next())).isEqualTo(404);
    assertThat(deploy("environment_id", Ids.next())).isEqualTo(404);
    var both = test.user.post(apps("/deployments"), Map.of("image", "nginx", "commit_sha", commit));
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.fields()).containsExactly("image");
    var empty = test.emptyApp(agent, Map.of());
    assertThat(test.user.post("/api/apps/" + empty + "/deployments", null).status()).isEqualTo(422);
  }

  @Test
  void aCommitMayBeAbbreviatedButMustBeACommit() throws Exception {
    var own = test.app(agent);
    var path = test.platform.facts().data().resolve("deployments/git/" + own + ".git");
    try (var repository =
        new org.eclipse.jgit.storage.file.FileRepositoryBuilder()
            .setBare()
            .setGitDir(path.toFile())
            .build()) {
      var commit = repository.resolve("refs/heads/main").name();
      var tree = repository.resolve("refs/heads/main^{tree}").name();
      var wish = "/api/apps/" + own + "/deployments";
      assertThat(test.user.post(wish, Map.of("commit_sha", tree)).status()).isEqualTo(422);
      var found = test.user.post(wish, Map.of("commit_sha", commit.substring(0, 10)));
      assertThat(found.at("/deployment/commit_sha")).isEqualTo(commit);
    }
  }

  @Test
  void aServerThatTakesNothingIsAConflict() {
    var closed = test.agent();
    test.sql("update fleet_server set is_cordoned = true where id = '" + closed.server() + "'");
    var answer = test.user.post(apps("/deployments"), Map.of("server_id", closed.server()));
    assertThat(answer.status()).isEqualTo(409);
  }

  @Test
  void logsAreReadInParts() {
    var path = "/api/deployments/" + live + "/logs/persisted";
    var first = test.user.get(path + "?limit=2").json();
    assertThat(first.at("/logs")).hasSize(2);
    assertThat(first.at("/complete").asBoolean()).isFalse();
    var rest = test.user.get(path + "?after=" + first.at("/next_after").asLong()).json();
    assertThat(rest.at("/complete").asBoolean()).isTrue();
    var whole = test.user.get(path).json();
    assertThat(whole.at("/logs").size()).isEqualTo(2 + rest.at("/logs").size());
    assertThat(test.user.get(path + "?limit=5001").fields()).containsExactly("limit");
    assertThat(test.user.get(path + "?limit=0").fields()).containsExactly("limit");
    assertThat(test.user.get(path + "?after=-1").fields()).containsExactly("after");

    var ofApp = apps("/deployments/" + live + "/logs");
    var part = test.user.get(ofApp + "?limit=1");
    var next = test.user.get(ofApp + "?phase=build&cursor=" + part.at("/next_cursor"));
    assertThat(next.status()).isEqualTo(200);
    assertThat(next.json().at("/logs").findValuesAsText("phase")).containsOnly("build");
    assertThat(test.user.get(ofApp + "?cursor=x").fields()).containsExactly("cursor");
    assertThat(test.user.get(ofApp + "?phase=x").fields()).containsExactly("phase");
  }

  record Heard(String id, String name, String data) {}

  static List<Heard> listen(TestClient client, String path) throws IOException {
    var heard = new ArrayList<Heard>();
    try (var stream = client.stream(path)) {
      var fields = new HashMap<String, String>();
      for (var line = stream.readLine(); line != null; line = stream.readLine()) {
        var colon = line.indexOf(": ");
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 2));
        } else if (fields.containsKey("data")) {
          heard.add(new Heard(fields.get("id"), fields.get("event"), fields.get("data")));
          fields.clear();
        }
      }
    }
    return heard;
  }

  @Test
  void progressIsToldToItsEndAndFromWhereItWasLeft() throws IOException {
    var path = apps("/deployments/" + live + "/progress");
    var all = listen(test.user, path);
    assertThat(all).extracting(Heard::name).last().isEqualTo("done");
    assertThat(all.subList(0, all.size() - 1)).extracting(Heard::name).containsOnly("progress");
    assertThat(all.getFirst().data()).contains("\"seq\":1,", "\"phase\":\"queued\"");
    var third = all.get(2);
    var rest = listen(test.user.with("Last-Event-ID", third.id()), path);
    assertThat(rest).isEqualTo(all.subList(3, all.size()));
    assertThat(listen(test.user.with("Last-Event-ID", all.getLast().id()), path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "-1", "99999999999999999999", "1", "'; drop"})
  void anIdThatIsNoneIsRefused(String id) {
    var client = test.user.with("Last-Event-ID", id);
    assertThat(client.get(apps("/deployments/" + live + "/progress")).status()).isEqualTo(400);
  }

  @Test
  void whatIsInProgressIsFollowedWhileItGoesOn() throws Exception {
    var own = test.app(agent);
    var path = "/api/apps/" + own + "/deploy-progress";
    assertThat(test.user.get(path).status()).isEqualTo(404);
    agent.on(CommandType.APP_BUILD, TestAgent.Reply.silence());
    var id = test.deploy(own);
    test.until("it builds", () -> test.status(id).equals("building"));
    test.until(
        "the build is out",
        () ->
            !agent.seen(CommandType.APP_BUILD).isEmpty()
                && agent.last(CommandType.APP_BUILD).command().appId().equals(own));
    var heard = new java.util.concurrent.FutureTask<>(() -> listen(test.user, path));
    Thread.ofVirtual().start(heard);
    agent.heal(CommandType.APP_BUILD);
    agent.end(agent.last(CommandType.APP_BUILD), TestAgent.Reply.completed("built"));
    test.untilStatus(id, "live");
    var all = heard.get(30, java.util.concurrent.TimeUnit.SECONDS);
    assertThat(all.getLast().name()).isEqualTo("done");
    assertThat(all.getFirst().data()).contains("\"seq\":1,");
  }

  @Test
  void uploadsAreChecked() {
    var path = apps("/source-archives");
    var archive = TestArchive.of("a", "b");
    assertThat(test.user.send("POST", path, archive, "application/zip").status()).isEqualTo(415);
    assertThat(test.user.send("POST", path, archive, "application/json").status()).isEqualTo(415);
    var broken = test.user.send("POST", path, new byte[] {1, 2, 3}, "application/gzip");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(test.user.send("POST", path, new byte[0], "application/gzip").status())
        .isEqualTo(400);
    var noTar =
        TestArchive.gzip("x".repeat(2000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(test.user.send("POST", path, noTar, "application/gzip").status()).isEqualTo(400);
    var message = test.user.send("POST", path + "?message=a%07b", archive, "application/gzip");
    assertThat(message.fields()).containsExactly("message");
    var good =
        test.user.send("POST", path + "?message=Gr%C3%BC%C3%9Fe", archive, "application/gzip");
    assertThat(good.status()).isEqualTo(201);
    assertThat(good.at("/archive/files")).isEqualTo("1");
    assertThat(good.at("/archive/size_bytes")).isEqualTo(Integer.toString(archive.length));
  }

  @Test
  void anUploadThatAnnouncesTooMuchIsRefusedUnread() throws Exception {
    var url = test.platform.url();
    try (var socket = new java.net.Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(30_000);
      var head =
          "POST "
              + apps("/source-archives")
              + " HTTP/1.1\r\nHost: x\r\n"
              + "Content-Type: application/gzip\r\nContent-Length: 268435457\r\n"
              + "Authorization: Bearer none\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      var answer =
          new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream()));
      assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void aBranchInTheWayIsAConflict() {
    var own = test.app(agent);
    var changed = test.user.patch("/api/apps/" + own, Map.of("branch", "main/next"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(upload(test.user, "/api/apps/" + own + "/source-archives").status()).isEqualTo(409);
  }
}
