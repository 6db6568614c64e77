package dev.slipway.apps.service.environment;

import static dev.slipway.apps.AppsPlatform.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.Environment;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.EnvVarEntry;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishedPreviewsIT {
  static AppsPlatform feature;

  Caller caller;
  Scope scope;
  App app;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    caller = TestPlatform.caller(Ids.next(), Role.USER);
    scope = Scope.of(caller);
    app = feature.app(caller, "Shop");
  }

  private Environment add(String name) {
    return feature.previews.add(scope, app.id(), name, "topic", false);
  }

  private void set(String key, String value, boolean secret, Stage... stages) {
    feature.variables.create(
        caller, app.id(), new EnvVarDraft(key, value, secret, List.of(stages), null, List.of()));
  }

  @Test
  void aPreviewIsAnEnvironmentThatCanGoAtAnyTime() {
    var made = feature.previews.add(scope, app.id(), "PR 12", "topic/x", true);
    assertThat(made.stage()).isEqualTo(Stage.PREVIEW);
    assertThat(made.slug()).isEqualTo("pr-12");
    assertThat(made.branch()).isEqualTo("topic/x");
    assertThat(made.isProtected()).isTrue();
    assertThat(made.autoDeploy()).isFalse();
    assertThat(feature.publishedEnvironments.ofApp(scope, app.id())).containsExactly(made);
    assertThat(feature.previews.remove(scope, made.id())).as("protected or not").isTrue();
    assertThat(feature.previews.remove(scope, made.id())).isFalse();
    assertThat(feature.types(caller, app.id()))
        .containsSubsequence("apps.environment.created", "apps.environment.deleted");
  }

  @Test
  void aNameThatIsTakenGetsANumber() {
    feature.environment(caller, app, "pr 12", Stage.STAGING);
    assertThat(add("PR 12").name()).isEqualTo("PR 12 (2)");
    var third = add("PR 12");
    assertThat(third.name()).isEqualTo("PR 12 (3)");
    assertThat(third.slug()).isNotEqualTo("pr-12");
  }

  @Test
  void onlyPreviewsOfTheScopeAreRemoved() {
    var live = feature.environment(caller, app, "Live", Stage.PRODUCTION);
    var made = add("PR 1");
    assertThat(feature.previews.remove(scope, live.id())).isFalse();
    var elsewhere = Scope.tenant(Ids.next());
    assertThat(feature.previews.remove(elsewhere, made.id())).isFalse();
    assertThat(refusal(() -> feature.previews.add(elsewhere, app.id(), "PR 2", "x", false)))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    assertThat(feature.publishedEnvironments.ofApp(scope, app.id())).containsExactly(live, made);
  }

  @Test
  void aPreviewGetsTheSecretsThatAreBoundToPreviewsAndNoOthers() {
    set("EVERYWHERE", "a-secret-for-all-stages", true);
    set("LIVE", "a-secret-for-production", true, Stage.PRODUCTION);
    set("TRIAL", "a-secret-for-previews", true, Stage.PREVIEW);
    set("BOTH", "a-secret-for-both", true, Stage.PREVIEW, Stage.PRODUCTION);
    set("PLAIN", "plain", false);
    var preview = add("PR 3");
    assertThat(feature.publishedEnvironments.variables(scope, preview.id()).values())
        .containsOnly(
            entry("TRIAL", "a-secret-for-previews"),
            entry("BOTH", "a-secret-for-both"),
            entry("PLAIN", "plain"));
    feature.environmentVariables.put(
        caller,
        preview.id(),
        List.of(new EnvVarEntry("OWN", "a-secret-of-its-own", true, null, null)));
    assertThat(feature.publishedEnvironments.variables(scope, preview.id()).values())
        .containsEntry("OWN", "a-secret-of-its-own");
    var live = feature.environment(caller, app, "Live", Stage.PRODUCTION);
    assertThat(feature.publishedEnvironments.variables(scope, live.id()).values())
        .containsOnlyKeys("EVERYWHERE", "LIVE", "BOTH", "PLAIN");
  }
}
