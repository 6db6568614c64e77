package dev.slipway.apps.service.app;

import static dev.slipway.apps.AppsPlatform.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.testkit.TestPlatform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppDeletionIT {
  static final IfMatch ANY = new IfMatch(null);
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final Caller caller = TestPlatform.caller(tenant, Role.USER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  App running() {
    var app = feature.app(caller, "app");
    feature.published.statusChanged(scope, app.id(), AppStatus.RUNNING, Ids.next(), "a.localhost");
    return feature.apps.get(caller, app.id());
  }

  void hear(UUID app, UUID operation, String type, String status) {
    Map<String, Object> data =
        Map.of(
            "operation_type",
            type,
            "status",
            status,
            "entity_type",
            "app",
            "entity_id",
            app,
            "operation_id",
            operation);
    new DeletionWatch(feature.deletion)
        .on(
            new StoredEvent(
                Ids.next(),
                "1",
                "activity.operation.changed",
                tenant,
                operation,
                Instant.now(),
                Map.copyOf(data)));
  }

  @Test
  void whatWasNeverDeployedGoesAtOnce() {
    var app = feature.app(caller, "app");
    feature.variables.create(
        caller, app.id(), new EnvVarDraft("A", "b", false, List.of(), null, List.of()));
    var operation = feature.deletion.request(caller, app.id(), ANY, VolumeFate.KEEP);

    assertThat(refusal(() -> feature.apps.get(caller, app.id())))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    assertThat(feature.operations.draft(operation).type()).isEqualTo("app.delete");
    assertThat(feature.operations.draft(operation).entityId()).isEqualTo(app.id());
    assertThat(feature.operations.draft(operation).startedBy()).isEqualTo(caller.userId());
    assertThat(feature.operations.reports(operation)).containsExactly("done 4", "succeeded");
    assertThat(feature.types(caller, app.id()))
        .containsExactly("apps.app.created", "apps.env_var.set", "apps.app.deleted");
  }

  @Test
  void whatMayBeOnAServerIsTakenDownFirst() {
    var app = running();
    var operation =
        feature.deletion.request(
            caller, app.id(), new IfMatch((long) app.version()), VolumeFate.KEEP);

    assertThat(feature.apps.get(caller, app.id()).status()).isEqualTo(AppStatus.DELETING);
    assertThat(feature.operations.draft(operation).steps()).isEqualTo(Apps.DELETION_STEPS);
    assertThat(feature.operations.reports(operation)).isEmpty();
    var said = feature.said(caller, app.id()).getLast();
    assertThat(said.type()).isEqualTo("apps.app.deletion_requested");
    assertThat(said.data())
        .containsEntry("app_id", app.id().toString())
        .containsEntry("operation_id", operation.toString());

    assertThat(feature.published.deleted(scope, app.id())).isTrue();
    assertThat(feature.published.find(scope, app.id())).isEmpty();
    assertThat(feature.operations.reports(operation)).containsExactly("done 4", "succeeded");
    assertThat(feature.types(caller, app.id())).endsWith("apps.app.deleted");
    assertThat(feature.published.deleted(scope, app.id())).as("a second delivery").isFalse();
  }

  @Test
  void aDeploymentThatWasOnlyAskedForCountsToo() {
    var app = feature.app(caller, "app");
    feature.published.statusChanged(scope, app.id(), AppStatus.BUILDING, null, null);
    feature.published.statusChanged(scope, app.id(), AppStatus.CREATED, null, null);
    feature.deletion.request(caller, app.id(), ANY, VolumeFate.KEEP);
    assertThat(feature.apps.get(caller, app.id()).status()).isEqualTo(AppStatus.DELETING);
  }

  @Test
  void askedAgainItAnswersWithTheSameOperation() {
    var app = running();
    var operation = feature.deletion.request(caller, app.id(), ANY, VolumeFate.KEEP);
    assertThat(feature.deletion.request(caller, app.id(), ANY, VolumeFate.KEEP))
        .isEqualTo(operation);
    assertThat(feature.types(caller, app.id())).containsOnlyOnce("apps.app.deletion_requested");
  }

  @Test
  void anotherVersionIsNotDeleted() {
    var app = running();
    assertThat(
            refusal(
                () -> feature.deletion.request(caller, app.id(), new IfMatch(1L), VolumeFate.KEEP)))
        .isEqualTo(CommonError.STALE);
  }

  @Test
  void nothingChangesWhileItIsBeingDeleted() {
    var app = running();
    var variable =
        feature.variables.create(
            caller, app.id(), new EnvVarDraft("A", "b", false, List.of(), null, List.of()));
    feature.deletion.request(caller, app.id(), ANY, VolumeFate.KEEP);
    var deleting = feature.apps.get(caller, app.id());

    assertThat(refusal(() -> feature.apps.update(caller, app.id(), ANY, old -> old)))
        .isEqualTo(AppsError.APP_DELETING);
    assertThat(refusal(() -> feature.variables.delete(caller, app.id(), variable.id(), ANY)))
        .isEqualTo(AppsError.APP_DELETING);
    assertThat(
            feature.published.statusChanged(
                scope, app.id(), AppStatus.RUNNING, Ids.next(), "b.localhost"))
        .isFalse();
    assertThat(feature.published.placed(scope, app.id(), Ids.next())).isFalse();
    assertThat(feature.apps.get(caller, app.id())).isEqualTo(deleting);
  }

  @Test
  void aFailedTeardownShowsAndCanBeTriedAgain() {
    var app = running();
    var operation = feature.deletion.request(caller, app.id(), ANY, VolumeFate.KEEP);
    hear(app.id(), operation, "app.delete", "running");
    hear(app.id(), Ids.next(), "app.delete", "failed");
    hear(app.id(), operation, "deploy", "failed");
    assertThat(feature.apps.get(caller, app.id()).status()).isEqualTo(AppStatus.DELETING);

    hear(app.id(), operation, "app.delete", "failed");
    var failed = feature.apps.get(caller, app.id());
    assertThat(failed.status()).isEqualTo(AppStatus.FAILED);
    assertThat(failed.currentDeploymentId()).isEqualTo(app.currentDeploymentId());
    assertThat(feature.types(caller, app.id())).endsWith("apps.app.status_changed");
    assertThat(feature.published.deleted(scope, app.id())).as("a late report").isFalse();

    var again = feature.deletion.request(caller, app.id(), ANY, VolumeFate.KEEP);
    assertThat(again).isNotEqualTo(operation);
    hear(app.id(), operation, "app.delete", "failed");
    assertThat(feature.apps.get(caller, app.id()).status()).isEqualTo(AppStatus.DELETING);
    assertThat(feature.published.deleted(Scope.platform("teardown"), app.id())).isTrue();
  }
}
