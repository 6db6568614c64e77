package dev.slipway.deployments.resource;

import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestArchive;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.fleet.CommandType;
import dev.slipway.testkit.contract.Live;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over deployments. */
class ExamplesIT {
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
        .live("deployments.app-progress.stream", () -> of(deploying()))
        .live(
            "deployments.archive.create",
            () -> Live.asWritten().body(TestArchive.of("Dockerfile", "FROM scratch\n")))
        .live("deployments.git.advertise", () -> reader(app))
        .live("deployments.git.fetch", () -> reader(app).body(NOTHING_WANTED))
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

  /** An app whose deployment goes on, on a server that does not answer. */
  private static UUID deploying() {
    var silent = test.agent();
    silent.on(CommandType.APP_BUILD, TestAgent.Reply.silence());
    var app = test.app(silent);
    test.untilStatus(test.deploy(app), "building");
    return app;
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
