package dev.slipway.apps.resource.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseHookResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  UUID app;
  String hook;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion), new ReleaseHookResource(feature.hooks));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    app = app("git");
    hook = "/api/apps/" + app + "/release-hook";
  }

  UUID app(String source) {
    var made = member.post("/api/apps", Map.of("name", "app-" + source, "source_type", source));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return UUID.fromString(made.at("/app/id"));
  }

  Answer set(Object... commands) {
    return member.put(hook, Map.of("commands", List.of(commands)));
  }

  List<String> said() {
    return feature.types(TestPlatform.caller(tenant, Role.OWNER), app);
  }

  @Test
  void aHookIsSetChangedAndTakenAway() {
    assertThat(member.get(hook).at("/code")).isEqualTo("apps.release-hook.not-found");
    var set = set("./migrate up", "./seed");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.at("/release_hook/app_id")).isEqualTo(app.toString());
    assertThat(set.at("/release_hook/timeout_seconds")).isEqualTo("300");
    assertThat(member.get(hook).at("/release_hook/commands/1")).isEqualTo("./seed");

    var slower = Map.of("commands", List.of("./migrate"), "timeout_seconds", 900);
    assertThat(member.put(hook, slower).at("/release_hook/timeout_seconds")).isEqualTo("900");
    var kept = feature.hooks.ofApp(scope, app).orElseThrow();
    assertThat(kept.commands()).containsExactly("./migrate");
    assertThat(feature.hooks.ofApp(Scope.tenant(Ids.next()), app)).isEmpty();
    member.put(hook, slower);
    assertThat(said())
        .as("the same again is no change")
        .endsWith("apps.app.created", "apps.release_hook.set", "apps.release_hook.set");

    assertThat(member.delete(hook).status()).isEqualTo(204);
    assertThat(member.delete(hook).status()).isEqualTo(404);
    assertThat(feature.hooks.ofApp(scope, app)).isEmpty();
    var events = feature.said(TestPlatform.caller(tenant, Role.OWNER), app);
    assertThat(events).extracting(StoredEvent::type).endsWith("apps.release_hook.deleted");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(set().fields()).containsExactly("commands");
    assertThat(set(Collections.nCopies(11, "./a").toArray()).fields()).containsExactly("commands");
    assertThat(set("./a", "./b && ./c").fields()).containsExactly("commands.1");
    assertThat(set("./a 'open", " ").fields()).containsExactly("commands.0", "commands.1");
    assertThat(set("x".repeat(1001)).status()).isEqualTo(400);
    assertThat(set(7).status()).isEqualTo(400);
    assertThat(member.put(hook, Map.of("timeout_seconds", 60)).fields())
        .containsExactly("commands");
    for (var seconds : List.of(0, 3601)) {
      var body = Map.of("commands", List.of("./a"), "timeout_seconds", seconds);
      assertThat(member.put(hook, body).fields()).containsExactly("timeout_seconds");
    }
    assertThat(member.get(hook).status()).isEqualTo(404);
  }

  @Test
  void anAppOfAComposeFileHasNone() {
    hook = "/api/apps/" + app("compose") + "/release-hook";
    var refused = set("./migrate");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("apps.release-hook.compose");
  }

  @Test
  void itGoesWithItsApp() {
    set("./migrate");
    assertThat(member.delete("/api/apps/" + app).status()).isBetween(200, 299);
    assertThat(feature.hooks.ofApp(scope, app)).isEmpty();
  }

  @Test
  void anAppThatIsBeingDeletedKeepsWhatItHas() {
    feature.published.statusChanged(scope, app, AppStatus.DEPLOYING, null, null);
    set("./migrate");
    assertThat(member.delete("/api/apps/" + app).status()).isEqualTo(202);
    assertThat(set("./other").status()).isEqualTo(409);
    assertThat(member.delete(hook).status()).isEqualTo(409);
  }

  @Test
  void strangersFindNothing() {
    set("./migrate");
    assertThat(stranger.get(hook).status()).isEqualTo(404);
    assertThat(stranger.put(hook, Map.of("commands", List.of("./a"))).status()).isEqualTo(404);
    assertThat(stranger.delete(hook).status()).isEqualTo(404);
    assertThat(member.get(hook).at("/release_hook/commands/0")).isEqualTo("./migrate");
  }
}
