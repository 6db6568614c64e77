package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppStatus;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A deployment that a policy holds starts only when enough have agreed. */
class ApprovalIT {
  static TestDeployments test;
  static TestAgent agent;
  static TestClient admin;
  static TestClient owner;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    agent = test.agent();
    admin = test.platform.as(test.tenant, Role.ADMIN);
    owner = test.platform.as(test.tenant, Role.OWNER);
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static Answer policy(UUID app, Map<String, Object> members) {
    var body = new HashMap<String, Object>(Map.of("enabled", true));
    body.putAll(members);
    return admin.put("/api/apps/" + app + "/approval-policy", body);
  }

  /** An app under a policy. */
  static UUID app(Map<String, Object> members) {
    var app = test.app(agent);
    expect(200, policy(app, members));
    return app;
  }

  static String door(UUID deployment, String action) {
    return "/api/deployments/" + deployment + "/" + action;
  }

  static String vote(UUID app, UUID deployment, String action) {
    return "/api/apps/" + app + "/deployments/" + deployment + "/" + action;
  }

  static void untilHeld(UUID app, UUID id) {
    test.until("all is quiet", () -> !test.step());
    test.wiring().engine.advance(test.tenant, id);
    assertThat(test.status(id)).isEqualTo("awaiting_approval");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.CREATED);
  }

  @Test
  void aHeldDeploymentStartsOnlyWhenAnAdminHasClearedIt() {
    var app = app(Map.of());
    var answer = test.user.post("/api/apps/" + app + "/deployments", Map.of());
    assertThat(answer.at("/deployment/status")).isEqualTo("awaiting_approval");
    assertThat(answer.at("/deployment/approval_state")).isEqualTo("pending");
    assertThat(answer.at("/deployment/approvals_required")).isEqualTo("1");
    assertThat(answer.at("/intent/reason")).isEqualTo("approval_required");
    var id = UUID.fromString(answer.at("/deployment/id"));
    untilHeld(app, id);
    assertThat(test.user.post(door(id, "approve"), null).status()).isEqualTo(403);
    var cleared = admin.post(door(id, "approve"), Map.of("comment", "looks good"));
    assertThat(cleared.at("/deployment/approval_state")).isEqualTo("approved");
    test.untilStatus(id, "live");
    assertThat(test.types(id)).containsSubsequence("approval_required", "approved", "started");
    assertThat(admin.post(door(id, "approve"), null).status()).isEqualTo(409);
    assertThat(admin.post(door(id, "reject"), null).status()).isEqualTo(409);
    var intent = answer.at("/intent/id");
    var seen = test.user.get("/api/apps/" + app + "/deployment-intents/" + intent);
    assertThat(seen.at("/intent/status")).isEqualTo("dispatched");
    assertThat(seen.at("/intent/decided_by")).isEqualTo(admin.userId().toString());
    assertThat(seen.at("/intent/decision_reason")).isEqualTo("looks good");
  }

  @Test
  void theIntentIsADoorToo() {
    var app = app(Map.of());
    var id = test.deploy(app);
    var path =
        "/api/apps/"
            + app
            + "/deployment-intents/"
            + test.deployment(id).at("/deployment/intent_id");
    assertThat(admin.post(path + "/approve", null).status()).isEqualTo(200);
    test.untilStatus(id, "live");
  }

  @Test
  void nobodyClearsWhatTheyAskedForThemselves() {
    var app = app(Map.of());
    var answer = admin.post("/api/apps/" + app + "/deployments", Map.of());
    var id = UUID.fromString(answer.at("/deployment/id"));
    assertThat(admin.post(door(id, "approve"), null).status()).isEqualTo(403);
    assertThat(admin.post(vote(app, id, "approve"), null).status()).isEqualTo(403);
    untilHeld(app, id);
    expect(200, policy(app, Map.of("allow_self_approval", true)));
    assertThat(admin.post(door(id, "approve"), null).status()).isEqualTo(200);
    test.untilStatus(id, "live");
  }

  @Test
  void soManyApproversMustAgree() {
    var app = app(Map.of("required_approvals", 2, "approver_roles", List.of("admin", "owner")));
    var id = test.deploy(app);
    assertThat(test.user.post(vote(app, id, "approve"), null).status()).isEqualTo(403);
    var first = admin.post(vote(app, id, "approve"), Map.of("comment", "one"));
    assertThat(first.at("/deployment/status")).isEqualTo("awaiting_approval");
    assertThat(first.json().at("/approvals")).hasSize(1);
    assertThat(admin.post(vote(app, id, "approve"), null).json().at("/approvals"))
        .as("a second vote of the same user counts in place of the first")
        .hasSize(1);
    untilHeld(app, id);
    var second = owner.post(vote(app, id, "approve"), null);
    assertThat(second.at("/deployment/approval_state")).isEqualTo("approved");
    assertThat(second.json().at("/approvals")).hasSize(2);
    test.untilStatus(id, "live");
    assertThat(owner.post(vote(app, id, "approve"), null).status()).isEqualTo(409);
  }

  @Test
  void aUserThatThePolicyNamesMayVote() {
    var app = app(Map.of("approver_user_ids", List.of(test.user.userId())));
    var answer = admin.post("/api/apps/" + app + "/deployments", Map.of());
    var id = UUID.fromString(answer.at("/deployment/id"));
    assertThat(owner.post(vote(app, id, "approve"), null).status()).isEqualTo(403);
    assertThat(test.user.post(vote(app, id, "approve"), null).status()).isEqualTo(200);
    test.untilStatus(id, "live");
  }

  @Test
  void oneNoIsEnoughAndSaysWhy() {
    var app = app(Map.of("required_approvals", 2));
    var id = test.deploy(app);
    var path = vote(app, id, "reject");
    assertThat(admin.post(path, Map.of()).fields()).containsExactly("comment");
    assertThat(admin.post(path, Map.of("comment", " ")).fields()).containsExactly("comment");
    var answer = admin.post(path, Map.of("comment", "the migration is missing"));
    assertThat(answer.at("/deployment/status")).isEqualTo("rejected");
    assertThat(answer.at("/deployment/approval_state")).isEqualTo("rejected");
    assertThat(answer.at("/deployment/error_message"))
        .isEqualTo("rejected: the migration is missing");
    assertThat(answer.at("/approvals/0/comment")).isEqualTo("the migration is missing");
    assertThat(test.types(id)).contains("rejected");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.CREATED);
    var other = test.deploy(app);
    assertThat(admin.post(door(other, "reject"), null).at("/deployment/status"))
        .isEqualTo("rejected");
  }

  @Test
  void whatNobodyAgreesToInTimeIsCalledOffByTheSweep() {
    var app = app(Map.of("expires_after_minutes", 5));
    var id = test.deploy(app);
    test.wiring().sweep.run();
    assertThat(test.status(id)).isEqualTo("awaiting_approval");
    test.sql(
        "update deployments_deployment set approval_until = "
            + TestDeployments.ago(1)
            + " where id = '"
            + id
            + "'");
    test.restart();
    test.wiring().sweep.run();
    assertThat(test.status(id)).isEqualTo("cancelled");
    var intents = test.user.get("/api/apps/" + app + "/deployment-intents?status=expired");
    assertThat(intents.json().at("/intents")).hasSize(1);
  }

  @Test
  void anotherEnvironmentIsNotHeld() {
    var app = app(Map.of("environments", List.of("staging")));
    test.live(app);
    expect(200, policy(app, Map.of("enabled", false)));
    test.live(app);
  }

  @Test
  void aHeldOneWaitsForItsTurnOnceItIsCleared() {
    var app = test.app(agent);
    var silent = test.agent().on(APP_BUILD, TestAgent.Reply.silence());
    var first = test.deploy(app, Map.of("server_id", silent.server()));
    test.until("it builds", () -> !silent.seen(APP_BUILD).isEmpty());
    expect(200, policy(app, Map.of()));
    var second = test.deploy(app);
    assertThat(admin.post(door(second, "approve"), null).at("/deployment/status"))
        .isEqualTo("queued");
    silent.heal(APP_BUILD);
    silent.end(silent.last(APP_BUILD), TestAgent.Reply.failed("broken"));
    test.untilStatus(second, "live");
  }

  @Test
  void policiesAreChecked() {
    var app = test.app(agent);
    assertThat(
            test.user
                .put("/api/apps/" + app + "/approval-policy", Map.of("enabled", true))
                .status())
        .isEqualTo(403);
    for (var bad :
        List.<Map<String, Object>>of(
            Map.of("required_approvals", 0),
            Map.of("required_approvals", 11),
            Map.of("approver_roles", List.of("king")),
            Map.of("approver_user_ids", List.of("me")),
            Map.of("expires_after_minutes", 0))) {
      assertThat(policy(app, bad).status()).as(bad.toString()).isEqualTo(400);
    }
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    var path = "/api/apps/" + app + "/approval-policy";
    assertThat(stranger.put(path, Map.of("enabled", true)).status()).isEqualTo(404);
    expect(200, policy(app, Map.of()));
    var id = test.deploy(app);
    assertThat(stranger.post(vote(app, id, "approve"), null).status()).isEqualTo(404);
    assertThat(stranger.post(vote(app, id, "reject"), Map.of("comment", "no")).status())
        .isEqualTo(404);
  }
}
