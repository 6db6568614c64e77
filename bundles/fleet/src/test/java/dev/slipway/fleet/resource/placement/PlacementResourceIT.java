package dev.slipway.fleet.resource.placement;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.wire.PlayedAgent;
import dev.slipway.testkit.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacementResourceIT {
  static TestFleet fleet;
  static int number;
  TestClient owner;
  Enrolled server;
  String path;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.serveRest();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @BeforeEach
  void enrol() {
    owner = fleet.platform.as(fleet.tenant, Role.OWNER);
    server = fleet.enrol("place-" + ++number);
    path = "/api/servers/" + server.id();
  }

  @Test
  void aCordonKeepsNewDeploymentsAway() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      fleet.apps.add(fleet.tenant, "shop", server.id());
      var open = owner.get(path + "/operational-status").json().at("/status");
      assertThat(open.at("/accepts_deployments").asBoolean()).isTrue();
      assertThat(open.at("/app_count").asInt()).isEqualTo(1);
      assertThat(open.at("/service_count").asInt()).isZero();
      var closed = owner.post(path + "/cordon", Map.of("reason", "new disk"));
      assertThat(closed.status()).isEqualTo(200);
      assertThat(closed.json().at("/status/is_cordoned").asBoolean()).isTrue();
      assertThat(closed.at("/status/cordon_reason")).isEqualTo("new disk");
      assertThat(closed.json().at("/status/accepts_deployments").asBoolean()).isFalse();
      var again = owner.post(path + "/cordon", null);
      assertThat(again.at("/status/cordoned_at")).isEqualTo(closed.at("/status/cordoned_at"));
      assertThat(again.at("/status/cordon_reason")).isEqualTo("new disk");
      var drained = owner.post(path + "/drain", Map.of()).json().at("/status");
      assertThat(drained.at("/is_draining").asBoolean()).isTrue();
      assertThat(drained.at("/is_cordoned").asBoolean()).isTrue();
      assertThat(drained.at("/drain_started_at").asText()).endsWith("Z");
      assertThat(owner.post(path + "/uncordon", null).json().at("/status/is_draining").asBoolean())
          .isTrue();
      var back = owner.post(path + "/undrain", null).json().at("/status");
      assertThat(back.at("/is_draining").asBoolean()).isFalse();
      assertThat(back.at("/is_cordoned").asBoolean()).isFalse();
      assertThat(back.at("/accepts_deployments").asBoolean()).isTrue();
      assertThat(
              fleet.eventTypes(server.id()).stream()
                  .filter("fleet.server.scheduling-changed"::equals))
          .hasSize(4);
    }
  }

  @Test
  void aGrantOpensOneServerToAMember() {
    var member = fleet.member();
    var acl = path + "/acl";
    assertThat(member.post(path + "/cordon", null).status()).isEqualTo(403);
    assertThat(member.get(acl).status()).isEqualTo(403);
    var body = Map.of("user_id", member.userId().toString(), "role", "operator");
    var granted = owner.post(acl, body);
    assertThat(granted.status()).as(granted.text()).isEqualTo(200);
    assertThat(granted.at("/grant/role")).isEqualTo("operator");
    assertThat(granted.at("/grant/email")).isEqualTo(member.userId() + "@example.com");
    assertThat(member.post(path + "/cordon", null).status()).isEqualTo(200);
    assertThat(member.get(path).at("/server/my_role")).isEqualTo("operator");
    assertThat(member.put(path + "/labels", Map.of("labels", Map.of())).status()).isEqualTo(403);
    assertThat(member.patch(path, Map.of("name", "mine")).status()).isEqualTo(403);
    assertThat(member.get(acl).status()).isEqualTo(403);
    var other = "/api/servers/" + fleet.enrol("other-" + number).id();
    assertThat(member.post(other + "/cordon", null).status()).isEqualTo(403);
    assertThat(member.get(other).at("/server/my_role")).isEqualTo("viewer");

    owner.post(acl, Map.of("user_id", member.userId().toString(), "role", "admin"));
    assertThat(member.get(acl).json().at("/grants").size()).isEqualTo(1);
    assertThat(member.put(path + "/labels", Map.of("labels", Map.of("a", "b"))).at("/labels/a"))
        .isEqualTo("b");
    // Removing a server stays with the tenant's admins.
    assertThat(member.delete(path).status()).isEqualTo(403);
    fleet.people.remove(fleet.tenant, member.userId());
    assertThat(owner.get(acl).json().at("/grants").size()).isZero();
    assertThat(owner.delete(acl + "/" + member.userId()).status()).isEqualTo(204);
    assertThat(owner.delete(acl + "/" + member.userId()).status()).isEqualTo(404);
    assertThat(member.post(path + "/cordon", null).status()).isEqualTo(403);
    assertThat(fleet.eventTypes(server.id()))
        .contains("fleet.grant.given", "fleet.grant.withdrawn");
  }

  @Test
  void refusesGrantsThatMakeNoSense() {
    var acl = path + "/acl";
    var stranger = owner.post(acl, Map.of("user_id", Ids.next().toString(), "role", "viewer"));
    assertThat(stranger.status()).isEqualTo(400);
    assertThat(stranger.fields()).containsExactly("user_id");
    assertThat(owner.post(acl, Map.of("user_id", "x", "role", "viewer")).status()).isEqualTo(400);
    assertThat(
            owner.post(acl, Map.of("user_id", owner.userId().toString(), "role", "king")).status())
        .isEqualTo(400);
    var outsider = fleet.platform.as(Ids.next(), Role.OWNER);
    assertThat(outsider.get(acl).status()).isEqualTo(404);
    assertThat(outsider.post(path + "/cordon", null).status()).isEqualTo(404);
    assertThat(outsider.get(path + "/operational-status").status()).isEqualTo(404);
  }

  @Test
  void poolsCountTheServersThatWereChosenOrFit() {
    var tenant = Ids.next();
    var client = fleet.platform.as(tenant, Role.OWNER);
    var chosen = fleet.enrol(tenant, "chosen").id();
    var fitting = fleet.enrol(tenant, "fitting").id();
    client.put("/api/servers/" + fitting + "/labels", Map.of("labels", Map.of("gpu", "yes")));
    var made =
        client.post(
            "/api/server-pools",
            Map.of(
                "name", "GPU", "label_selectors", Map.of("gpu", "yes"), "monthly_cost_cents", 900));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().at("/pool/server_count").asInt()).isEqualTo(1);
    assertThat(made.at("/pool/currency")).isEqualTo("usd");
    var pool = made.at("/pool/id");
    var clash = client.post("/api/server-pools", Map.of("name", "gpu"));
    assertThat(clash.status()).isEqualTo(409);
    var put = client.put("/api/servers/" + chosen + "/pool", Map.of("pool_id", pool));
    assertThat(put.at("/server/pool_id")).isEqualTo(pool);
    assertThat(client.get("/api/server-pools").json().at("/pools/0/server_count").asInt())
        .isEqualTo(2);
    assertThat(client.get("/api/servers?pool_id=" + pool).json().at("/total").asInt()).isEqualTo(2);
    assertThat(
            client
                .put("/api/servers/" + chosen + "/pool", Map.of("pool_id", Ids.next().toString()))
                .status())
        .isEqualTo(404);
    var outsider = fleet.platform.as(Ids.next(), Role.OWNER);
    assertThat(outsider.delete("/api/server-pools/" + pool).status()).isEqualTo(404);
    assertThat(outsider.get("/api/server-pools").json().at("/pools").size()).isZero();
    assertThat(client.delete("/api/server-pools/" + pool).status()).isEqualTo(204);
    assertThat(client.get("/api/servers/" + chosen).json().at("/server/pool_id").isNull()).isTrue();
    var odd = client.post("/api/server-pools", Map.of("name", "x", "monthly_cost_cents", -1));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.fields()).containsExactly("monthly_cost_cents");
  }

  @Test
  void rulesDecideWhereAnAppLands() throws Exception {
    var tenant = Ids.next();
    var client = fleet.platform.as(tenant, Role.OWNER);
    var near = fleet.enrol(tenant, "near");
    var far = fleet.enrol(tenant, "far");
    client.patch("/api/servers/" + far.id(), Map.of("region", "eu"));
    client.put("/api/servers/" + near.id() + "/labels", Map.of("labels", Map.of("ssd", "1")));
    var app = fleet.apps.add(tenant, "shop", near.id());
    var rules = "/api/apps/" + app + "/placement-rules";
    try (var first = new PlayedAgent(fleet.grpc.port(), near, 0);
        var second = new PlayedAgent(fleet.grpc.port(), far, 3)) {
      var scope = Scope.tenant(tenant);
      await(
          "both are online",
          () ->
              fleet.published.require(scope, near.id()).acceptsDeployments()
                  && fleet.published.require(scope, far.id()).acceptsDeployments());
      assertThat(picked(scope, app)).isEqualTo(near.id());
      var made =
          client.post(rules, Map.of("kind", "prefer", "target", "region", "values", List.of("eu")));
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      assertThat(made.json().at("/placement_rule/weight").asInt()).isEqualTo(50);
      assertThat(picked(scope, app)).isEqualTo(far.id());
      client.post(
          rules,
          Map.of(
              "kind",
              "prefer",
              "target",
              "label",
              "key",
              "ssd",
              "operator",
              "exists",
              "weight",
              60));
      assertThat(picked(scope, app)).isEqualTo(near.id());
      var avoid =
          client.post(
              rules,
              Map.of(
                  "kind", "require",
                  "target", "server",
                  "operator", "not_in",
                  "values", List.of(near.id().toString())));
      assertThat(picked(scope, app)).isEqualTo(far.id());
      client.post(rules, Map.of("kind", "require", "target", "region", "values", List.of("us")));
      assertThat(fleet.published.pick(scope, app)).isEmpty();
      assertThat(client.get(rules).json().at("/placement_rules").size()).isEqualTo(4);
      var id = avoid.at("/placement_rule/id");
      assertThat(fleet.platform.as(Ids.next(), Role.OWNER).delete(rules + "/" + id).status())
          .isEqualTo(404);
      assertThat(client.delete(rules + "/" + id).status()).isEqualTo(204);
      assertThat(client.delete(rules + "/" + id).status()).isEqualTo(404);
    }
  }

  private static UUID picked(Scope scope, UUID app) {
    return fleet.published.pick(scope, app).map(Server::id).orElseThrow();
  }

  @Test
  void refusesRulesThatMakeNoSense() {
    var app = fleet.apps.add(fleet.tenant, "shop", server.id());
    var rules = "/api/apps/" + app + "/placement-rules";
    refused(rules, "key", Map.of("kind", "require", "target", "label", "values", List.of("a")));
    refused(rules, "values", Map.of("kind", "require", "target", "region"));
    refused(
        rules, "values", Map.of("kind", "require", "target", "pool", "values", List.of("mine")));
    refused(rules, "operator", Map.of("kind", "require", "target", "region", "operator", "exists"));
    refused(
        rules,
        "weight",
        Map.of("kind", "require", "target", "region", "values", List.of("eu"), "weight", 5));
    refused(
        rules,
        "weight",
        Map.of("kind", "avoid", "target", "region", "values", List.of("eu"), "weight", 101));
    assertThat(owner.get("/api/apps/" + Ids.next() + "/placement-rules").status()).isEqualTo(404);
  }

  private void refused(String rules, String field, Map<String, Object> body) {
    var answer = owner.post(rules, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
  }
}
