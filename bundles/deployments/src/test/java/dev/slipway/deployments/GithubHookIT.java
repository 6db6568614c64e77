package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.testkit.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks of GitHub. */
class GithubHookIT {
  private static final String JSON = "application/json";

  static TestDeployments test;
  static TestAgent agent;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    agent = test.agent();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @BeforeEach
  void fresh() {
    test.platform.resetRateLimits();
  }

  /** An app that pushes deploy, its hook and what it was made of. */
  private record Target(UUID app, String token, String commit) {
    static Target make(Map<String, Object> settings) {
      var app = test.emptyApp(agent, Map.of());
      var commit = test.upload(app, "Dockerfile", "FROM scratch\n");
      var change = new HashMap<>(settings);
      change.putIfAbsent("auto_deploy", true);
      expect(200, test.user.patch("/api/apps/" + app + "/deployment-settings", change));
      var hook = test.user.post("/api/apps/" + app + "/deploy-hooks", Map.of("name", "github"));
      return new Target(app, expect(201, hook).at("/token"), commit);
    }

    Map<String, Object> push(String... changed) {
      var body = new HashMap<String, Object>();
      body.put("ref", "refs/heads/main");
      body.put("after", commit);
      body.put("created", false);
      body.put("head_commit", Map.of("message", "a change", "id", commit));
      body.put("commits", List.of(Map.of("added", List.of(changed), "modified", List.of())));
      body.put("repository", Map.of("full_name", "acme/shop", "private", true));
      return body;
    }

    Answer send(String event, String delivery, Object body) {
      return send(event, delivery, test.platform.json().write(body));
    }

    Answer send(String event, String delivery, String body) {
      return test.platform
          .anonymous()
          .with("X-GitHub-Event", event)
          .with("X-GitHub-Delivery", delivery)
          .send("POST", address(), body.getBytes(StandardCharsets.UTF_8), JSON);
    }

    String address() {
      return "/api/deploy-hooks/" + token + "/github";
    }

    String deployments() {
      return test.user.get("/api/apps/" + app + "/deployments").at("/total");
    }
  }

  private static String id() {
    return Ids.next().toString();
  }

  @Test
  void aPushIsDeployedOnceHoweverOftenItIsSent() {
    var target = Target.make(Map.of());
    var delivery = id();
    var sent = expect(202, target.send("push", delivery, target.push("a")));
    assertThat(sent.at("/status")).isEqualTo("queued");
    var deployment = UUID.fromString(sent.at("/deployment_ids/0"));
    test.untilStatus(deployment, "live");
    assertThat(test.deployment(deployment).at("/deployment/trigger")).isEqualTo("push");
    var again = expect(202, target.send("push", delivery, target.push("a")));
    assertThat(again.at("/deployment_ids/0")).isEqualTo(deployment.toString());
    assertThat(target.deployments()).isEqualTo("1");
  }

  @Test
  void theRuleOfTheAppHoldsHere() {
    var target = Target.make(Map.of("include_paths", List.of("web/**")));
    var left = expect(202, target.send("push", id(), target.push("api/a.js")));
    assertThat(left.at("/status")).isEqualTo("skipped");
    assertThat(left.at("/reason")).contains("no changed path");
    var forced = target.push("api/a.js");
    forced.put("forced", true);
    assertThat(target.send("push", id(), forced).at("/status"))
        .as("what was taken away is not told")
        .isEqualTo("queued");
    var fresh = target.push();
    fresh.put("created", true);
    assertThat(target.send("push", id(), fresh).at("/status")).isEqualTo("queued");
  }

  @Test
  void aHookForOneBranchLeavesOthersOut() {
    var target = Target.make(Map.of("auto_deploy_branches", List.of("**")));
    var hook =
        test.user.post(
            "/api/apps/" + target.app + "/deploy-hooks",
            Map.of("name", "other", "branch", "other"));
    var other = new Target(target.app, hook.at("/token"), target.commit);
    var answer = expect(202, other.send("push", id(), other.push("a")));
    assertThat(answer.at("/status")).isEqualTo("ignored");
    assertThat(target.deployments()).isEqualTo("0");
  }

  @Test
  void aHookForAnEnvironmentDeploysThereAndNowhereElse() {
    var target = Target.make(Map.of());
    var environment = new TestEnvironments(test).add(target.app, "staging");
    var hook =
        test.user.post(
            "/api/apps/" + target.app + "/deploy-hooks",
            Map.of("name", "staging", "environment_id", environment));
    var staging = new Target(target.app, expect(201, hook).at("/token"), target.commit);
    var sent = expect(202, staging.send("push", id(), staging.push("a")));
    var deployment = UUID.fromString(sent.at("/deployment_ids/0"));
    assertThat(test.deployment(deployment).at("/deployment/environment_id"))
        .isEqualTo(environment.toString());
    assertThat(target.deployments()).isEqualTo("1");
  }

  @Test
  void whatIsNoNewTipOfABranchIsIgnored() {
    var target = Target.make(Map.of());
    var tag = target.push("a");
    tag.put("ref", "refs/tags/v1");
    var deletion = target.push();
    deletion.put("deleted", true);
    deletion.put("after", "0".repeat(40));
    for (var body : List.of(tag, deletion, Map.of())) {
      assertThat(expect(202, target.send("push", id(), body)).at("/status")).isEqualTo("ignored");
    }
    for (var event : List.of("ping", "issues", "star")) {
      assertThat(expect(202, target.send(event, id(), Map.of())).at("/status"))
          .isEqualTo("ignored");
    }
    assertThat(target.deployments()).isEqualTo("0");
  }

  @Test
  void aSignatureThatIsThereMustFit() throws Exception {
    var target = Target.make(Map.of());
    var body = test.platform.json().write(target.push("a")).getBytes(StandardCharsets.UTF_8);
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(target.token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var good = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    var github =
        test.platform.anonymous().with("X-GitHub-Event", "push").with("X-GitHub-Delivery", id());
    for (var bad : List.of("", "sha256=", good.toUpperCase(), good + "0", "sha1=" + good)) {
      var refused =
          github.with("X-Hub-Signature-256", bad).send("POST", target.address(), body, JSON);
      assertThat(refused.status()).as(bad).isEqualTo(401);
    }
    assertThat(target.deployments()).isEqualTo("0");
    var taken = github.with("X-Hub-Signature-256", good).send("POST", target.address(), body, JSON);
    assertThat(expect(202, taken).at("/status")).isEqualTo("queued");
  }

  @Test
  void aFormIsTakenAsWell() {
    var target = Target.make(Map.of());
    var payload = test.platform.json().write(target.push("a"));
    var form = "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    var answer =
        test.platform
            .anonymous()
            .with("X-GitHub-Event", "push")
            .send(
                "POST",
                target.address(),
                form.getBytes(StandardCharsets.UTF_8),
                "application/x-www-form-urlencoded");
    assertThat(expect(202, answer).at("/status")).isEqualTo("queued");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "payload=%zz",
        "{\"ref\": [1]}",
        "{\"ref\": \"refs/heads/a b\", \"after\": \"0\"}",
        "{\"ref\": \"refs/heads/--upload-pack=x\"}",
        "{\"ref\": \"refs/heads/\\u0000\"}",
        "{\"ref\": \"refs/heads/$(id)\", \"after\": \"$(id)\"}",
        "{\"ref\": \"refs/heads/main\", \"after\": null}",
        "{\"ref\": \"refs/heads/main\", \"after\": \"ABC\"}",
        "{\"ref\": \"refs/heads/main\", \"commits\": {}}",
      })
  void hostileBodiesAreRefused(String body) {
    var target = Target.make(Map.of());
    assertThat(target.send("push", id(), body).status()).as(body).isEqualTo(400);
  }

  @Test
  void oddMembersDoNoHarm() {
    var target = Target.make(Map.of("include_paths", List.of("web/**")));
    var body = target.push("a");
    body.put("head_commit", Map.of("message", "a\u0000b\uD800c".repeat(1_000)));
    body.put("commits", Collections.nCopies(3_000, null));
    var taken = expect(202, target.send("push", id(), body));
    assertThat(taken.at("/status")).as("nothing is known of the paths").isEqualTo("queued");
    var many = target.push();
    var paths = IntStream.range(0, 20_000).mapToObj(number -> "api/" + number).toList();
    many.put("commits", List.of(Map.of("added", paths)));
    assertThat(expect(202, target.send("push", id(), many)).at("/status"))
        .as("more than is looked at")
        .isEqualTo("queued");
  }

  @Test
  void anUnknownTokenAndAnUnnamedEventAreRefused() {
    var target = Target.make(Map.of());
    var unknown = new Target(target.app, "dh_nonsense", target.commit);
    assertThat(unknown.send("push", id(), target.push("a")).status()).isEqualTo(404);
    var unnamed = test.platform.anonymous().send("POST", target.address(), new byte[0], JSON);
    assertThat(unnamed.status()).isEqualTo(400);
    assertThat(unnamed.fields()).containsExactly("X-GitHub-Event");
    assertThat(target.send("push", "a b", target.push("a")).fields())
        .containsExactly("X-GitHub-Delivery");
  }
}
