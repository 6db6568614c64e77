package dev.slipway.apps.resource.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.environment.EnvironmentResource;
import dev.slipway.testkit.TestClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectMemberResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  String project;
  String app;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new EnvironmentResource(feature.environments),
        new ProjectAppResource(feature.apps),
        new ProjectMemberResource(feature.members),
        new ProjectResource(feature.projects));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anAppAndAProject() {
    var made = member.post("/api/projects", Map.of("name", "shop"));
    project = "/api/projects/" + made.at("/project/id");
    app = member.post("/api/apps", Map.of("name", "web", "source_type", "git")).at("/app/id");
  }

  @Test
  void anAppThatExistsIsPutIntoAProject() {
    var linked = member.post(project + "/apps/link", Map.of("app_id", app));
    assertThat(linked.status()).isEqualTo(200);
    assertThat(project).endsWith(linked.at("/app/project_id"));
    assertThat(member.get(project + "/apps").at("/apps/0/id")).isEqualTo(app);
    assertThat(member.post(project + "/apps/link", Map.of("app_id", Ids.next())).status())
        .isEqualTo(404);
    assertThat(member.post(project + "/apps/link", Map.of()).fields()).containsExactly("app_id");
  }

  @Test
  void thereAreNoServices() {
    assertThat(member.get(project + "/services").json().toString()).isEqualTo("{\"services\":[]}");
    assertThat(member.get(project + "/connections").json().toString())
        .isEqualTo("{\"connections\":[]}");
    var refused = member.post(project + "/services/link", Map.of("service_id", Ids.next()));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.at("/code")).isEqualTo("apps.project.service-not-found");
  }

  @Test
  void outputsAreTheNamesAndPortsOfItsApps() {
    member.post(project + "/apps/link", Map.of("app_id", app));
    var path = "/api/apps/" + app + "/environments";
    var live = member.post(path, Map.of("name", "Live")).at("/environment/id");
    var hostname = "shop-" + tenant + ".example.com";
    member.put(path + "/" + live + "/hostname", Map.of("hostname", hostname));
    var outputs = member.get(project + "/outputs");
    assertThat(outputs.json().get("outputs")).hasSize(2);
    assertThat(outputs.at("/outputs/0/kind")).isEqualTo("port");
    assertThat(outputs.at("/outputs/0/value")).isEqualTo("3000");
    assertThat(outputs.at("/outputs/0/source/id")).isEqualTo(app);
    assertThat(outputs.at("/outputs/1/kind")).isEqualTo("host");
    assertThat(outputs.at("/outputs/1/value")).isEqualTo(hostname);
    assertThat(outputs.at("/outputs/1/key")).endsWith("_LIVE_HOST");
    assertThat(outputs.at("/outputs/1/environment_id")).isEqualTo(live);
  }

  @Test
  void strangersFindNothing() {
    for (var list : new String[] {"/services", "/connections", "/outputs"}) {
      assertThat(stranger.get(project + list).status()).as(list).isEqualTo(404);
    }
    assertThat(stranger.post(project + "/apps/link", Map.of("app_id", app)).status())
        .isEqualTo(404);
    var service = Map.of("service_id", Ids.next());
    assertThat(stranger.post(project + "/services/link", service).status()).isEqualTo(404);
    var theirs = stranger.post("/api/projects", Map.of("name", "theirs")).at("/project/id");
    assertThat(
            stranger.post("/api/projects/" + theirs + "/apps/link", Map.of("app_id", app)).status())
        .as("their project, our app")
        .isEqualTo(404);
  }
}
