package dev.slipway.activity.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activity.Operations;
import dev.slipway.activity.service.OperationService;
import dev.slipway.activity.store.OperationStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperationResourceIT {
  static TestPlatform platform;
  static OperationService service;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final UUID app = Ids.next();
  final UUID deployment = Ids.next();
  final TestClient member = platform.as(tenant, Role.USER);

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    var db = platform.database("activity", OperationService.class.getClassLoader());
    service = new OperationService(db, new OperationStore(db), platform.events());
    platform.register(new OperationResource(service));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  UUID started() {
    return service.start(
        scope,
        new Operations.Draft(
            "deploy",
            "app",
            app,
            deployment,
            List.of("clone", "build"),
            member.userId(),
            Map.of("ref", "main")));
  }

  @Test
  void showsAnOperation() {
    var id = started();
    service.stepDone(scope, id, 1, "cloned");
    var answer = member.get("/api/operations/" + id);
    assertThat(answer.status()).isEqualTo(200);
    var operation = answer.json().path("operation");
    assertThat(operation.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "id",
            "tenant_id",
            "type",
            "entity_type",
            "entity_id",
            "reference_id",
            "status",
            "progress",
            "error",
            "started_by",
            "steps_total",
            "steps_done",
            "created_at",
            "started_at",
            "finished_at",
            "metadata");
    assertThat(operation.path("status").asText()).isEqualTo("running");
    assertThat(operation.path("progress").asInt()).isEqualTo(50);
    assertThat(operation.path("started_by").asText()).isEqualTo(member.userId().toString());
    assertThat(operation.at("/metadata/ref").asText()).isEqualTo("main");
    assertThat(operation.path("finished_at").isNull()).isTrue();
  }

  @Test
  void showsItsSteps() {
    var id = started();
    service.stepRunning(scope, id, 1, "cloning");
    service.stepDone(scope, id, 1, null);
    var answer = member.get("/api/operations/" + id + "/steps");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/operation_id")).isEqualTo(id.toString());
    assertThat(answer.json().path("pruned").isBoolean()).isTrue();
    assertThat(answer.json().path("pruned").asBoolean()).isFalse();
    var step = answer.json().at("/steps/0");
    assertThat(step.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "operation_id",
            "number",
            "name",
            "status",
            "message",
            "error",
            "started_at",
            "finished_at",
            "duration_ms");
    assertThat(step.path("duration_ms").asLong(-1)).isNotNegative();
    assertThat(answer.at("/steps/1/status")).isEqualTo("pending");
    assertThat(answer.json().at("/steps/1/duration_ms").isNull()).isTrue();
  }

  @Test
  void listsByPagesAndFilters() {
    var first = started();
    var second = started();
    var page = member.get("/api/operations?limit=1&offset=1");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.at("/operations/0/id")).isEqualTo(first.toString());
    assertThat(page.json().path("total").asInt()).isEqualTo(2);
    assertThat(page.json().path("limit").asInt()).isOne();
    assertThat(page.json().path("offset").asInt()).isOne();

    var filters = "?entity_type=app&entity_id=%s&reference_id=%s".formatted(app, deployment);
    assertThat(member.get("/api/operations" + filters).at("/operations/0/id"))
        .isEqualTo(second.toString());
    for (var none :
        List.of("entity_type=server", "entity_id=" + Ids.next(), "reference_id=" + Ids.next())) {
      assertThat(member.get("/api/operations?" + none).json().path("total").asInt()).isZero();
    }
  }

  @Test
  void namesABadParameter() {
    assertThat(member.get("/api/operations?entity_id=x").fields()).containsExactly("entity_id");
    assertThat(member.get("/api/operations?reference_id=x").fields())
        .containsExactly("reference_id");
    assertThat(member.get("/api/operations?entity_type=").fields()).containsExactly("entity_type");
    assertThat(member.get("/api/operations?limit=201").fields()).containsExactly("limit");
    assertThat(member.get("/api/operations/x").fields()).containsExactly("id");
  }

  @Test
  void anotherTenantFindsNothing() {
    var id = started();
    var stranger = platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get("/api/operations/" + id).status()).isEqualTo(404);
    assertThat(stranger.get("/api/operations/" + id + "/steps").status()).isEqualTo(404);
    assertThat(stranger.get("/api/operations").json().path("total").asInt()).isZero();
    assertThat(platform.anonymous().get("/api/operations").status()).isEqualTo(401);
  }

  @Test
  void saysWhatChanged() {
    var id = started();
    service.stepDone(scope, id, 1, "cloned");
    service.fail(scope, id, "exit code 1");
    var events = platform.events().after(scope, EventFilter.subject(id), null, 10);
    assertThat(events).extracting(StoredEvent::type).containsOnly("activity.operation.changed");
    assertThat(events).hasSize(3);
    assertThat(events.get(1).data())
        .containsEntry("step", 1)
        .containsEntry("step_name", "clone")
        .containsEntry("step_status", "succeeded")
        .containsEntry("operation_type", "deploy")
        .containsEntry("steps_done", 1);
    assertThat(events.get(2).data())
        .containsEntry("status", "failed")
        .containsEntry("error", "exit code 1");
  }
}
