package dev.slipway.apps.resource.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.testkit.TestClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProjectAppResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new ProjectAppResource(feature.apps),
        new ProjectResource(feature.projects),
        new AppResource(feature.apps, feature.deletion));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @Test
  void anAppStartsOutInItsProject() {
    var project = member.post("/api/projects", Map.of("name", "p")).at("/project/id");
    var path = "/api/projects/" + project + "/apps";
    var server = feature.servers.add(tenant);
    var body = Map.of("name", "In", "slug", "inside", "source_type", "git", "server_id", server);
    var made = member.post(path, body);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/app/project_id")).isEqualTo(project);
    assertThat(made.at("/app/slug")).isEqualTo("inside");
    assertThat(made.at("/app/server_id")).isEqualTo(server.toString());
    assertThat(member.post(path, body).status()).isEqualTo(409);
    member.post("/api/apps", Map.of("name", "out", "source_type", "git"));

    var listed = member.get(path);
    assertThat(listed.at("/total")).isEqualTo("1");
    assertThat(listed.json().at("/apps/0")).isEqualTo(made.json().get("app"));
    assertThat(member.get(path + "?status=running").at("/total")).isEqualTo("0");
    assertThat(member.get(path + "?limit=1&offset=1").json().get("apps")).isEmpty();
    assertThat(member.get("/api/projects/" + project).at("/project/app_count")).isEqualTo("1");
  }

  @Test
  void thePathAloneNamesTheProject() {
    var project = member.post("/api/projects", Map.of("name", "p")).at("/project/id");
    var other = Map.of("name", "a", "source_type", "git", "project_id", Ids.next());
    assertThat(member.post("/api/projects/" + project + "/apps", other).status()).isEqualTo(400);
  }

  @Test
  void anUnknownProjectHasNoApps() {
    var theirs = stranger.post("/api/projects", Map.of("name", "p")).at("/project/id");
    for (var project : new String[] {theirs, Ids.next().toString()}) {
      var path = "/api/projects/" + project + "/apps";
      assertThat(member.get(path).status()).isEqualTo(404);
      assertThat(member.post(path, Map.of("name", "a", "source_type", "git")).status())
          .isEqualTo(404);
    }
  }
}
