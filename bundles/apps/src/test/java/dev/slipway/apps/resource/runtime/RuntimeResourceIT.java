package dev.slipway.apps.resource.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.testkit.TestClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuntimeResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  UUID app;
  String limits;
  String cache;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion), new RuntimeResource(feature.runtime));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    var made = member.post("/api/apps", Map.of("name", "app", "source_type", "git"));
    app = UUID.fromString(made.at("/app/id"));
    limits = "/api/apps/" + app + "/resource-limits";
    cache = "/api/apps/" + app + "/build-cache";
  }

  @Test
  void limitsReachTheNextDeploymentAndAreAppliedOnceItIsLive() {
    var wanted = Map.of("cpu_cores", 0.5, "memory_mb", 256, "memory_reservation_mb", 128);
    var set = member.put(limits, wanted);
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.at("/resource_limits/app_id")).isEqualTo(app.toString());
    assertThat(set.at("/resource_limits/cpu_cores")).isEqualTo("0.5");
    assertThat(set.at("/resource_limits/memory_mb")).isEqualTo("256");
    assertThat(set.json().at("/resource_limits/pids_limit").isNull()).isTrue();
    assertThat(set.at("/resource_limits/applied")).isEqualTo("false");

    var deployment = Ids.next();
    var handed = feature.published.limits(scope, app, deployment).orElseThrow();
    assertThat(handed.memoryMb()).isEqualTo(256);
    assertThat(member.put(limits, wanted).at("/resource_limits/applied"))
        .as("handed out, but not live")
        .isEqualTo("false");
    feature.published.statusChanged(scope, app, AppStatus.RUNNING, deployment, null);
    assertThat(member.put(limits, wanted).at("/resource_limits/applied")).isEqualTo("true");
    var other = member.put(limits, Map.of("memory_mb", 512));
    assertThat(other.at("/resource_limits/applied")).isEqualTo("false");
    assertThat(other.json().at("/resource_limits/cpu_cores").isNull()).isTrue();
  }

  @Test
  void anAppWithoutLimitsHasNone() {
    assertThat(feature.published.limits(scope, app, Ids.next())).isEmpty();
    member.put(limits, Map.of("memory_mb", 64));
    assertThat(feature.published.limits(Scope.tenant(Ids.next()), app, Ids.next())).isEmpty();
  }

  @Test
  void refusesLimitsThatNoAgentCanHold() {
    assertThat(member.put(limits, Map.of("cpu_cores", 0)).fields()).containsExactly("cpu_cores");
    assertThat(member.put(limits, Map.of("cpu_cores", 2000)).fields()).containsExactly("cpu_cores");
    assertThat(member.put(limits, Map.of("memory_mb", 15)).fields()).containsExactly("memory_mb");
    assertThat(member.put(limits, Map.of("pids_limit", 0)).fields()).containsExactly("pids_limit");
    var upside = Map.of("memory_mb", 64, "memory_reservation_mb", 128);
    assertThat(member.put(limits, upside).fields()).containsExactly("memory_reservation_mb");
    assertThat(member.put(limits, Map.of("memory_mb", "much")).status()).isEqualTo(400);
  }

  @Test
  void theFirstBuildAfterTheCacheWasDroppedIsAnew() {
    assertThat(feature.published.buildsAnew(scope, app, Ids.next())).isFalse();
    var dropped = member.delete(cache);
    assertThat(dropped.status()).isEqualTo(202);
    assertThat(dropped.at("/queued")).isEqualTo("false");
    assertThat(dropped.json().get("command_id").isNull()).isTrue();
    assertThat(dropped.at("/app_id")).isEqualTo(app.toString());
    var first = Ids.next();
    assertThat(feature.published.buildsAnew(Scope.tenant(Ids.next()), app, first)).isFalse();
    assertThat(feature.published.buildsAnew(scope, app, first)).isTrue();
    assertThat(feature.published.buildsAnew(scope, app, first)).as("asked again").isTrue();
    assertThat(feature.published.buildsAnew(scope, app, Ids.next())).isFalse();
    member.delete(cache);
    assertThat(feature.published.buildsAnew(scope, app, Ids.next())).isTrue();
  }

  @Test
  void strangersFindNothing() {
    assertThat(stranger.put(limits, Map.of("memory_mb", 64)).status()).isEqualTo(404);
    assertThat(stranger.delete(cache).status()).isEqualTo(404);
  }
}
