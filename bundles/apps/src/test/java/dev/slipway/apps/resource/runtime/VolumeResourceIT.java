package dev.slipway.apps.resource.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.Volume;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.environment.EnvironmentResource;
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

class VolumeResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  UUID app;
  String volumes;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new EnvironmentResource(feature.environments),
        new VolumeResource(feature.volumes));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    var made = member.post("/api/apps", Map.of("name", "app", "source_type", "git"));
    app = UUID.fromString(made.at("/app/id"));
    volumes = "/api/apps/" + app + "/volumes";
  }

  Answer add(String name, String path) {
    return member.post(volumes, Map.of("name", name, "mount_path", path));
  }

  List<StoredEvent> said() {
    return feature.said(TestPlatform.caller(tenant, Role.OWNER), app);
  }

  @Test
  void volumesAreAddedListedAndTaken() {
    var made = add("user-files", "/data");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/volume/app_id")).isEqualTo(app.toString());
    assertThat(made.at("/volume/mount_path")).isEqualTo("/data");
    assertThat(made.at("/volume/variable")).isEqualTo("VOLUME_USER_FILES");
    add("cache", "/var/cache/app");
    assertThat(feature.volumes.ofApp(scope, app))
        .extracting(Volume::name)
        .containsExactly("cache", "user-files");
    assertThat(member.get(volumes).at("/volumes/1/name")).isEqualTo("user-files");
    assertThat(feature.volumes.ofApp(Scope.tenant(Ids.next()), app)).isEmpty();

    var path = volumes + "/" + made.at("/volume/id");
    assertThat(member.delete(path + "?data=burn").status()).isEqualTo(400);
    assertThat(member.delete(path + "?data=purge").status()).isEqualTo(204);
    assertThat(member.delete(path).status()).isEqualTo(404);
    assertThat(said())
        .extracting(StoredEvent::type)
        .endsWith("apps.volume.created", "apps.volume.created", "apps.volume.deleted");
    assertThat(said().getLast().text("data")).isEqualTo("purge");
    assertThat(said().getLast().text("name")).isEqualTo("user-files");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(add("Data", "/data").fields()).containsExactly("name");
    assertThat(add("-", "relative").fields()).containsExactly("name", "mount_path");
    assertThat(add("data", "/etc/app").fields()).containsExactly("mount_path");
    assertThat(member.post(volumes, Map.of("name", "data")).status()).isEqualTo(400);
    var host = Map.of("name", "data", "mount_path", "/data", "host_path", "/root");
    assertThat(member.post(volumes, host).status()).as("a path of the host").isEqualTo(400);
    assertThat(member.get(volumes).json().at("/volumes")).isEmpty();
  }

  @Test
  void namesAndPathsAreTakenOnce() {
    add("data", "/data");
    assertThat(add("data", "/other").at("/code")).isEqualTo("apps.volume.name-taken");
    assertThat(add("more", "/data/more").at("/code")).isEqualTo("apps.volume.path-taken");
    assertThat(add("more", "/database").status()).isEqualTo(201);
    for (var number = 3; number <= 10; number++) {
      assertThat(add("v" + number, "/v" + number).status()).isEqualTo(201);
    }
    assertThat(add("v11", "/v11").status()).isEqualTo(422);
  }

  @Test
  void strangersAndOtherAppsFindNothing() {
    var id = add("data", "/data").at("/volume/id");
    assertThat(stranger.get(volumes).status()).isEqualTo(404);
    assertThat(stranger.delete(volumes + "/" + id).status()).isEqualTo(404);
    assertThat(stranger.post(volumes, Map.of("name", "a", "mount_path", "/a")).status())
        .isEqualTo(404);
    var other = member.post("/api/apps", Map.of("name", "other", "source_type", "git"));
    var elsewhere = "/api/apps/" + other.at("/app/id") + "/volumes/" + id;
    assertThat(member.delete(elsewhere).status()).isEqualTo(404);
  }

  @Test
  void whoDeletesAnAppOrAnEnvironmentSaysWhatBecomesOfItsData() {
    var staging =
        member
            .post("/api/apps/" + app + "/environments", Map.of("name", "S", "stage", "staging"))
            .at("/environment/id");
    var environment = "/api/apps/" + app + "/environments/" + staging;
    assertThat(member.delete(environment + "?volumes=purge").status()).isEqualTo(204);
    assertThat(said().getLast().text("volumes")).isEqualTo("purge");
    feature.published.statusChanged(scope, app, AppStatus.DEPLOYING, null, null);
    assertThat(member.delete("/api/apps/" + app + "?volumes=all").status()).isEqualTo(400);
    assertThat(member.delete("/api/apps/" + app).status()).isEqualTo(202);
    var asked =
        said().stream().filter(e -> e.type().equals("apps.app.deletion_requested")).findFirst();
    assertThat(asked.orElseThrow().text("volumes")).as("unless it is said").isEqualTo("keep");
    assertThat(add("late", "/late").status()).isEqualTo(409);
  }
}
