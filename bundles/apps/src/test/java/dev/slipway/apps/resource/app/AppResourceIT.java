package dev.slipway.apps.resource.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.project.ProjectResource;
import dev.slipway.testkit.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion), new ProjectResource(feature.projects));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  String made(String name) {
    var answer = member.post("/api/apps", Map.of("name", name, "source_type", "git"));
    assertThat(answer.status()).isEqualTo(201);
    return answer.at("/app/id");
  }

  @Test
  void showsAnAppAsTheCatalogueSays() {
    var made =
        member.post("/api/apps", Map.of("name", "Web", "repository_url", "https://github.com/a/b"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().fieldNames()).toIterable().containsExactly("app");
    assertThat(made.json().get("app").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "tenant_id",
            "name",
            "slug",
            "project_id",
            "server_id",
            "source_type",
            "repository_id",
            "repository_url",
            "branch",
            "image",
            "framework",
            "root_directory",
            "dockerfile_path",
            "install_command",
            "build_command",
            "start_command",
            "port",
            "health_check_path",
            "replicas",
            "status",
            "current_deployment_id",
            "primary_domain",
            "created_at",
            "updated_at");
    assertThat(made.at("/app/source_type")).isEqualTo("github");
    assertThat(made.at("/app/branch")).isEqualTo("main");
    assertThat(made.at("/app/port")).isEqualTo("3000");
    assertThat(made.at("/app/health_check_path")).isEqualTo("/");
    assertThat(made.at("/app/replicas")).isEqualTo("1");
    assertThat(made.at("/app/status")).isEqualTo("created");
    var got = member.get("/api/apps/" + made.at("/app/id"));
    assertThat(got.json()).isEqualTo(made.json());
    assertThat(got.header("ETag")).contains("\"1\"");
  }

  @Test
  void takesEveryFieldAndGivesItBack() {
    var server = feature.servers.add(tenant);
    var project = member.post("/api/projects", Map.of("name", "p")).at("/project/id");
    var body = new HashMap<String, Object>();
    body.put("name", "Full");
    body.put("slug", "full-app");
    body.put("server_id", server);
    body.put("source_type", "image");
    body.put("repository_id", Ids.next());
    body.put("repository_url", "git@example.com:a/b.git");
    body.put("branch", "release/1");
    body.put("root_directory", "web");
    body.put("dockerfile_path", "web/Dockerfile");
    body.put("image", "ghcr.io/a/b:1");
    body.put("framework", "next");
    body.put("install_command", "npm ci");
    body.put("build_command", "npm run build");
    body.put("start_command", "npm start");
    body.put("port", 8080);
    body.put("health_check_path", "/healthz");
    body.put("replicas", 20);
    body.put("project_id", project);
    var made = member.post("/api/apps", body);
    assertThat(made.status()).isEqualTo(201);
    body.forEach(
        (field, value) -> assertThat(made.at("/app/" + field)).isEqualTo(value.toString()));
  }

  @Test
  void namesEveryFaultyField() {
    var faulty =
        member.post(
            "/api/apps",
            Map.of(
                "name", "a\u0007",
                "source_type", "image",
                "slug", "a--b",
                "branch", "-x",
                "repository_url", "file:///etc/passwd",
                "root_directory", "../..",
                "health_check_path", "//evil"));
    assertThat(faulty.status()).isEqualTo(400);
    assertThat(faulty.at("/code")).isEqualTo("request.invalid");
    assertThat(faulty.fields())
        .containsExactlyInAnyOrder(
            "name",
            "slug",
            "branch",
            "image",
            "repository_url",
            "root_directory",
            "health_check_path");
    var numbers = member.post("/api/apps", Map.of("name", "a", "port", 0, "replicas", 21));
    assertThat(numbers.fields()).contains("port", "replicas");
    assertThat(member.post("/api/apps", Map.of("name", "a".repeat(64))).fields())
        .containsExactly("name");
    assertThat(member.get("/api/apps").at("/total")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"name\":null}",
        "{\"name\":{}}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\",\"source_type\":\"svn\"}",
        "{\"name\":\"a\",\"source_type\":1}",
        "{\"name\":\"a\",\"source_type\":\"git\",\"port\":\"80\"}",
        "{\"name\":\"a\",\"source_type\":\"git\",\"port\":80.5}",
        "{\"name\":\"a\",\"source_type\":\"git\",\"port\":99999999999}",
        "{\"name\":\"a\",\"source_type\":\"git\",\"project_id\":\"1\"}",
        "{\"name\":\"a\",\"source_type\":\"git\",\"status\":\"running\"}",
        "{\"name\":\"a\",\"source_type\":\"git\",\"tenant_id\":\"x\"}",
        "{\"name\":\"\\ud800\",\"source_type\":\"git\"}",
        "{\"name\":\"a\\u0000\",\"source_type\":\"git\"}"
      })
  void brokenBodiesAreTheClientsFault(String body) {
    var answer =
        member.send("POST", "/api/apps", body.getBytes(StandardCharsets.UTF_8), "application/json");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
  }

  @Test
  void serversAndProjectsAreOfTheTenant() {
    var theirs = feature.servers.add(Ids.next());
    var noServer =
        member.post("/api/apps", Map.of("name", "a", "source_type", "git", "server_id", theirs));
    assertThat(noServer.status()).isEqualTo(404);
    assertThat(noServer.fields()).containsExactly("server_id");
    var project = stranger.post("/api/projects", Map.of("name", "p")).at("/project/id");
    var noProject =
        member.post("/api/apps", Map.of("name", "a", "source_type", "git", "project_id", project));
    assertThat(noProject.status()).isEqualTo(404);
    assertThat(noProject.fields()).containsExactly("project_id");
  }

  @Test
  void listsByFilterAndPage() {
    var project = member.post("/api/projects", Map.of("name", "p")).at("/project/id");
    member.post("/api/apps", Map.of("name", "in", "source_type", "git", "project_id", project));
    made("out");
    assertThat(member.get("/api/apps").at("/total")).isEqualTo("2");
    assertThat(member.get("/api/apps?project_id=" + project).at("/apps/0/name")).isEqualTo("in");
    assertThat(member.get("/api/apps?status=created&search=OUT").at("/total")).isEqualTo("1");
    assertThat(member.get("/api/apps?server_id=" + Ids.next()).at("/total")).isEqualTo("0");
    assertThat(member.get("/api/apps?limit=1&offset=1").at("/apps/0/name")).isEqualTo("out");
    assertThat(member.get("/api/apps?status=exploded").fields()).containsExactly("status");
    assertThat(member.get("/api/apps?project_id=1").fields()).containsExactly("project_id");
    assertThat(stranger.get("/api/apps").at("/total")).isEqualTo("0");
  }

  @Test
  void editsAllButSlugAndServer() {
    var path = "/api/apps/" + made("old");
    var edited =
        member
            .with("If-Match", "\"1\"")
            .patch(path, Map.of("name", "new", "port", 80, "start_command", "run"));
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.at("/app/name")).isEqualTo("new");
    assertThat(edited.at("/app/slug")).isEqualTo("old");
    assertThat(edited.at("/app/port")).isEqualTo("80");
    assertThat(edited.header("ETag")).contains("\"2\"");
    var cleared = member.patch(path, Collections.singletonMap("start_command", null));
    assertThat(cleared.json().at("/app/start_command").isNull()).isTrue();
    assertThat(cleared.at("/app/port")).isEqualTo("80");

    assertThat(member.with("If-Match", "\"1\"").patch(path, Map.of("port", 81)).status())
        .isEqualTo(412);
    assertThat(member.patch(path, Map.of("slug", "other")).status()).isEqualTo(400);
    assertThat(member.patch(path, Map.of("server_id", Ids.next())).status()).isEqualTo(400);
    assertThat(member.patch(path, Collections.singletonMap("port", null)).fields())
        .containsExactly("port");
    assertThat(member.patch(path, Map.of("port", 65536)).fields()).contains("port");
    assertThat(member.patch(path, Map.of("source_type", "image")).fields())
        .containsExactly("image");
    assertThat(stranger.patch(path, Map.of("name", "theirs")).status()).isEqualTo(404);
  }

  @Test
  void deletesByAnOperation() {
    var id = made("gone");
    var path = "/api/apps/" + id;
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(member.with("If-Match", "\"7\"").delete(path).status()).isEqualTo(412);
    feature.published.statusChanged(
        Scope.tenant(tenant), UUID.fromString(id), AppStatus.BUILDING, null, null);
    var started = member.delete(path);
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.json().fieldNames()).toIterable().containsExactly("operation_id");
    assertThat(member.get(path).at("/app/status")).isEqualTo("deleting");
    assertThat(member.patch(path, Map.of("name", "new")).status()).isEqualTo(409);
    feature.published.deleted(Scope.tenant(tenant), UUID.fromString(id));
    assertThat(member.get(path).status()).isEqualTo(404);
    assertThat(member.delete(path).status()).isEqualTo(404);
  }
}
