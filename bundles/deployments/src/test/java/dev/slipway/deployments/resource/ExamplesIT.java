package dev.slipway.deployments.resource;

import dev.slipway.api.Role;
import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestArchive;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.deployments.TestEnvironments;
import dev.slipway.fleet.CommandType;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.Live;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over deployments. */
class ExamplesIT {
  private static final String GITHUB =
      "{\"ref\":\"refs/heads/main\",\"after\":\"0123456789abcdef0123456789abcdef01234567\"}";

  private static final byte[] NOTHING_WANTED = "0000".getBytes(StandardCharsets.UTF_8);

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

  @TestFactory
  Stream<DynamicNode> examples() {
    var app = test.app(agent);
    var deployment = test.live(app);
    return test.platform
        .examples(test.tenant, "deployments")
        .object("/api/apps/{appId}", app)
        .object("/api/apps/{appId}/deployments/{id}", deployment)
        .object("/api/deployments/{id}", deployment)
        .object("/git/{appId}", app)
        .object("/console/apps/{id}", app)
        .object("/console/deployments/{id}", deployment)
        .object("/console/parts/apps/{id}", app)
        .object("/console/parts/deployments/{id}", deployment)
        .live("deployments.app-progress.stream", () -> of(deploying()))
        .live(
            "deployments.archive.create",
            () -> Live.asWritten().body(TestArchive.of("Dockerfile", "FROM scratch\n")))
        .live("deployments.environment-deployment.create", () -> environment())
        .live("deployments.environment-deployment.list", () -> environment())
        .live("deployments.intent.cancel", () -> waiting())
        .live("deployments.intent.get", () -> waiting())
        .live("deployments.intent.list", () -> of(queued().app))
        .live("deployments.intent.approve", () -> waiting())
        .live("deployments.intent.reject", () -> waiting())
        .live("deployments.deployment.cancel", () -> Live.value("id", queued().id()))
        .live("deployments.deployment.approve", () -> Live.value("id", held().id()))
        .live("deployments.deployment.reject", () -> Live.value("id", held().id()))
        .live("deployments.vote.approve", () -> held().live())
        .live("deployments.vote.reject", () -> held().live())
        .live("deployments.approval-policy.set", () -> of(test.app(agent)))
        .live("deployments.settings.update", () -> of(test.app(agent)))
        .live("deployments.rollout.create", () -> of(test.app(agent)))
        .live("deployments.rollout.get", () -> of(rolledOut()))
        .live("deployments.rollout.replace", () -> of(rolledOut()))
        .live("deployments.rollout.delete", () -> of(rolledOut()))
        .live("deployments.health-score.get", () -> Live.value("deploymentId", scored()))
        .live("deployments.traffic.compare", () -> compared())
        .live("deployments.hook.list", () -> of(hook().app))
        .live("deployments.hook.delete", () -> oneHook())
        .live("deployments.hook.trigger", () -> Live.value("token", hook().token))
        .live("deployments.hook.github", () -> github())
        .live("deployments.kept-volume.list", () -> keeping())
        .live("deployments.kept-volume.get", () -> kept())
        .live("deployments.kept-volume.purge", () -> kept())
        .live("deployments.push.list", () -> of(pushed()))
        .live("deployments.preview.list", () -> of(preview().app))
        .live("deployments.preview.close", () -> preview().live())
        .live("deployments.preview.stop", () -> running())
        .live("deployments.preview-rules.set", () -> of(test.app(agent)))
        .live("deployments.token.list", () -> Token.made().of())
        .live("deployments.token.create", () -> of(test.app(agent)))
        .live("deployments.token.delete", () -> Token.made().itself())
        .live("deployments.app-diagnostic.list", () -> of(broken().app))
        .live("deployments.diagnostic.list", () -> Live.value("deployId", broken().id))
        .live("deployments.build.get", () -> Live.value("id", build(deployment)))
        .live(
            "deployments.build.diff",
            () -> Live.value("a", build(deployment)).with("b", build(deployment)))
        .live("deployments.release.get", () -> Live.value("name", release(deployment)))
        .live(
            "deployments.release.rollback", () -> Live.value("name", release(firstOf(twiceLive()))))
        .live(
            "deployments.deployment.diff",
            () -> Live.value("from", deployment).with("to", deployment))
        .live("deployments.changes.get", () -> of(app).with("deployId", deployment))
        .live(
            "deployments.app-progress.replay",
            () -> of(app).with("from_ts", System.currentTimeMillis() - 60_000))
        .live("deployments.git.advertise", () -> reader(app))
        .live("deployments.git.fetch", () -> reader(app).body(NOTHING_WANTED))
        .live("deployments.git.push", () -> member().body(NOTHING_WANTED))
        .live("deployments.app.rollback", () -> of(twiceLive()))
        .live("deployments.app.restart", () -> of(live()))
        .live("deployments.app.stop", () -> of(live()))
        .live("deployments.app.start", () -> of(stopped()))
        .tests();
  }

  private static Live of(UUID app) {
    return Live.value("appId", app);
  }

  private static Live reader(UUID app) {
    var pair = "x-access-token:" + test.wiring().links.token(app);
    var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Live.value("Authorization", "Basic " + basic);
  }

  private static Live member() {
    var token = test.user.header("Authorization").orElseThrow().substring("Bearer ".length());
    var pair = test.tenant + ":" + token;
    var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Live.value("Authorization", "Basic " + basic);
  }

  /** An app whose deployment goes on, on a server that does not answer. */
  private static UUID deploying() {
    var silent = test.agent();
    silent.on(CommandType.APP_BUILD, TestAgent.Reply.silence());
    var app = test.app(silent);
    test.untilStatus(test.deploy(app), "building");
    return app;
  }

  /** A deployment and its app. */
  private record Pair(UUID app, UUID id) {
    Live live() {
      return of(app).with("deploymentId", id);
    }
  }

  private static Pair queued() {
    var app = deploying();
    return new Pair(app, test.deploy(app));
  }

  private static Live waiting() {
    var pair = queued();
    return of(pair.app).with("intentId", test.deployment(pair.id).at("/deployment/intent_id"));
  }

  private static Pair held() {
    var app = test.app(agent);
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    admin.put("/api/apps/" + app + "/approval-policy", Map.of("enabled", true));
    return new Pair(app, test.deploy(app));
  }

  private static UUID rolledOut() {
    var app = test.app(agent);
    var path = "/api/apps/" + app + "/rollout-policy";
    TestDeployments.expect(201, test.user.post(path, Map.of("strategy", "blue_green")));
    return app;
  }

  /** A deployment that has been live for a while. */
  private static UUID scored() {
    var id = test.live(test.app(agent));
    test.sql(
        "update deployments_deployment set live_at = now() - interval '5 minutes' where id = '"
            + id
            + "'");
    test.wiring().score.run();
    return id;
  }

  private static Live compared() {
    var app = live();
    var base = newest(app);
    return of(app).with("base", base).with("candidate", test.live(app));
  }

  private static String newest(UUID app) {
    return test.user.get("/api/apps/" + app + "/deployments").at("/deployments/0/id");
  }

  /** A hook and its app. */
  private record Hook(UUID app, String id, String token) {}

  private static Hook hook() {
    var app = test.app(agent);
    var hook = test.user.post("/api/apps/" + app + "/deploy-hooks", Map.of("name", "nightly"));
    return new Hook(app, hook.at("/hook/id"), hook.at("/token"));
  }

  private static Live oneHook() {
    var hook = hook();
    return of(hook.app).with("hookId", hook.id);
  }

  /** A staging that something was shipped into. */
  private static Live environment() {
    var environments = new TestEnvironments(test);
    var staging = environments.add(test.app(agent), "staging");
    environments.live(staging);
    return Live.value("envId", staging);
  }

  private static Live github() {
    var hook = hook();
    return Live.value("token", hook.token).body(GITHUB.getBytes(StandardCharsets.UTF_8));
  }

  private static Live kept() {
    return Live.value("id", ContractIT.kept(test, agent));
  }

  /** Data was kept of some app. */
  private static Live keeping() {
    kept();
    return Live.asWritten();
  }

  /** An app with a push that its rule left out. */
  private static UUID pushed() {
    var hook = hook();
    var sent =
        test.platform
            .anonymous()
            .with("X-GitHub-Event", "push")
            .send(
                "POST",
                "/api/deploy-hooks/" + hook.token + "/github",
                GITHUB.getBytes(StandardCharsets.UTF_8),
                "application/json");
    TestDeployments.expect(202, sent);
    return hook.app;
  }

  /** An app with a preview. */
  private record Preview(UUID app, UUID id) {
    Live live() {
      return of(app).with("id", id);
    }
  }

  private static Preview preview() {
    var app = test.app(agent);
    return new Preview(app, test.preview(app, test.live(app)));
  }

  /** What runs in a preview. */
  private static Live running() {
    var environments = new TestEnvironments(test);
    var app = test.app(agent);
    var id = environments.live(environments.add(app, "preview"));
    test.preview(app, id);
    return of(app).with("id", id);
  }

  /** A user's own token for an app. */
  private record Token(TestClient user, UUID app, String id) {
    static Token made() {
      var app = test.app(agent);
      var user = test.platform.as(test.tenant, Role.USER);
      var body = Map.of("name", "build machine");
      var token = user.post("/api/apps/" + app + "/deploy-tokens", body);
      return new Token(user, app, token.at("/deploy_token/id"));
    }

    /** What it is about. */
    Live of() {
      return Live.by(user).with("appId", app);
    }

    Live itself() {
      return of().with("keyId", id);
    }
  }

  /** A deployment whose build ran out of memory. */
  private static Pair broken() {
    var silent = test.agent();
    silent.on(CommandType.APP_BUILD, TestAgent.Reply.failed("exit code: 137"));
    var app = test.app(silent);
    var id = test.deploy(app);
    test.until(
        "the cause is known",
        () ->
            !test.user
                .get("/api/deployments/" + id + "/diagnostics")
                .json()
                .at("/diagnostics")
                .isEmpty());
    return new Pair(app, id);
  }

  private static String build(UUID deployment) {
    return test.deployment(deployment).at("/deployment/build_id");
  }

  private static String release(UUID deployment) {
    return test.deployment(deployment).at("/deployment/release_name");
  }

  private static UUID firstOf(UUID app) {
    var path = "/api/apps/" + app + "/deployments?status=superseded";
    return UUID.fromString(test.user.get(path).at("/deployments/0/id"));
  }

  private static UUID live() {
    var app = test.app(agent);
    test.live(app);
    return app;
  }

  private static UUID twiceLive() {
    var app = live();
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL version=2\n");
    test.live(app);
    return app;
  }

  private static UUID stopped() {
    var app = live();
    test.untilOperation(test.act(app, "stop"), "succeeded");
    return app;
  }
}
