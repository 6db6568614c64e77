package dev.slipway.apps.service.app;

import static dev.slipway.apps.AppsPlatform.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.ProjectVariables;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublishedAppsIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final Scope elsewhere = Scope.tenant(Ids.next());
  final Caller caller = TestPlatform.caller(tenant, Role.USER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  void set(App app, String key, String value, boolean secret, Stage... stages) {
    feature.variables.create(
        caller, app.id(), new EnvVarDraft(key, value, secret, List.of(stages), null, List.of()));
  }

  @Test
  void findsAppsOfTheScopeOnly() {
    var app = feature.app(caller, "app");
    assertThat(feature.published.require(scope, app.id())).isEqualTo(app);
    assertThat(feature.published.require(Scope.platform("test"), app.id())).isEqualTo(app);
    assertThat(feature.published.find(elsewhere, app.id())).isEmpty();
    assertThat(refusal(() -> feature.published.require(elsewhere, app.id())))
        .isEqualTo(AppsError.APP_NOT_FOUND);
  }

  @Test
  void aRunGetsTheAppsVariablesOverThoseOfItsProject() {
    var project = feature.project(caller, "P").id();
    ProjectVariables.add(feature, caller, project, "SHARED", "project");
    ProjectVariables.add(feature, caller, project, "BOTH", "project");
    ProjectVariables.add(feature, caller, project, "LIVE", "project");
    ProjectVariables.add(feature, caller, project, "TRIAL", "project", Stage.PREVIEW);
    var app = feature.apps.create(caller, AppsPlatform.settings("app", project), null, null);
    set(app, "BOTH", "the app's own value", true);
    set(app, "LIVE", "app", false, Stage.PRODUCTION, Stage.STAGING);
    set(app, "EMPTY", "", true);

    var live = feature.published.environment(scope, app.id(), Stage.PRODUCTION);
    assertThat(live.values())
        .containsOnly(
            entry("SHARED", "project"),
            entry("BOTH", "the app's own value"),
            entry("LIVE", "app"),
            entry("EMPTY", ""));
    assertThat(live.secrets()).containsExactlyInAnyOrder("BOTH", "EMPTY");
    assertThat(live.toString()).contains("BOTH").doesNotContain("value");

    var preview = feature.published.environment(scope, app.id(), Stage.PREVIEW);
    assertThat(preview.values()).containsEntry("TRIAL", "project").containsEntry("LIVE", "project");
  }

  @Test
  void secretsThatWereReadAreMaskedFromThenOn() {
    var app = feature.app(caller, "app");
    var secret = "correct-horse-" + Ids.next();
    set(app, "PASSWORD", secret, true);
    var loose = feature.app(caller, "loose");
    set(loose, "OTHER", "not-a-secret-" + loose.id(), false);

    feature.published.environment(scope, app.id(), Stage.PRODUCTION);
    feature.published.environment(scope, loose.id(), Stage.PRODUCTION);
    assertThat(feature.platform.secrets().mask("login with " + secret)).doesNotContain(secret);
    assertThat(feature.platform.secrets().mask("not-a-secret-" + loose.id()))
        .isEqualTo("not-a-secret-" + loose.id());
  }

  @Test
  void aRunOfAnotherTenantsAppGetsNothing() {
    var app = feature.app(caller, "app");
    set(app, "A", "b", false);
    assertThat(refusal(() -> feature.published.environment(elsewhere, app.id(), Stage.PREVIEW)))
        .isEqualTo(AppsError.APP_NOT_FOUND);
  }

  @Test
  void followsADeployment() {
    var app = feature.app(caller, "app");
    var deployment = Ids.next();
    assertThat(change(app, AppStatus.BUILDING, null, null)).isTrue();
    assertThat(change(app, AppStatus.DEPLOYING, null, null)).isTrue();
    assertThat(change(app, AppStatus.RUNNING, deployment, "app.localhost")).isTrue();
    assertThat(change(app, AppStatus.RUNNING, deployment, "app.localhost")).isTrue();
    assertThat(change(app, AppStatus.BUILDING, null, null)).isTrue();

    var now = feature.apps.get(caller, app.id());
    assertThat(now.currentDeploymentId()).isEqualTo(deployment);
    assertThat(now.primaryDomain()).isEqualTo("app.localhost");
    assertThat(now.version()).as("every change of what is shown").isEqualTo(5);
    assertThat(feature.said(caller, app.id()))
        .extracting(StoredEvent::type, said -> said.text("status"))
        .containsExactly(
            tuple("apps.app.created", null),
            tuple("apps.app.status_changed", "building"),
            tuple("apps.app.status_changed", "deploying"),
            tuple("apps.app.status_changed", "running"),
            tuple("apps.app.status_changed", "building"));
  }

  boolean change(App app, AppStatus status, UUID deployment, String domain) {
    return feature.published.statusChanged(scope, app.id(), status, deployment, domain);
  }

  @Test
  void refusesAStateThatCanNotBe() {
    var app = feature.app(caller, "app");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change(app, AppStatus.RUNNING, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change(app, AppStatus.DELETING, Ids.next(), null));
    assertThat(feature.apps.get(caller, app.id())).isEqualTo(app);
    assertThat(feature.published.statusChanged(elsewhere, app.id(), AppStatus.BUILDING, null, null))
        .isFalse();
  }

  @Test
  void isTheFirstToSayWhereAnAppRuns() {
    var app = feature.app(caller, "app");
    var server = feature.servers.add(tenant);
    assertThat(feature.published.placed(scope, app.id(), server)).isTrue();
    assertThat(feature.published.placed(scope, app.id(), server)).isTrue();
    assertThat(feature.published.placed(elsewhere, app.id(), server)).isFalse();
    var page = new PageRequest(10, 0);
    assertThat(feature.published.onServer(scope, server, page).items())
        .extracting(App::id)
        .containsExactly(app.id());
    assertThat(feature.published.onServer(elsewhere, server, page).total()).isZero();
    assertThat(feature.types(caller, app.id()))
        .containsExactly("apps.app.created", "apps.app.updated");
    assertThat(feature.said(caller, app.id()).getLast().data())
        .containsAllEntriesOf(Map.of("server_id", server.toString()));
  }

  @Test
  void aStatusIsToldOnlyWhenTheCallersOwnChangeHolds() {
    var app = feature.app(caller, "app");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                feature.database.run(
                    scope,
                    () -> {
                      change(app, AppStatus.BUILDING, null, null);
                      throw new IllegalArgumentException("no deployment after all");
                    }));
    assertThat(feature.apps.get(caller, app.id())).isEqualTo(app);
    assertThat(feature.types(caller, app.id())).containsExactly("apps.app.created");
  }
}
