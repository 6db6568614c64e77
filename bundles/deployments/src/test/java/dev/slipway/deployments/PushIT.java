package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Role;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.logs.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git push makes of an app, with the real git. */
class PushIT {
  static TestDeployments test;

  @TempDir Path folder;
  TestAgent agent;
  UUID app;
  TestGit git;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @BeforeEach
  void begin() {
    agent = test.agent();
    app = test.emptyApp(agent, Map.of());
    git = TestGit.init(test, folder.resolve("work"));
  }

  List<Map<String, String>> deployments() {
    return test
        .query(
            "select status || ' ' || coalesce(commit_sha, '') from deployments_deployment where"
                + " app_id = '"
                + app
                + "' order by id")
        .stream()
        .map(row -> Map.of("status", row.split(" ")[0], "commit", row.split(" ")[1]))
        .toList();
  }

  void says(UUID deployment, String line) {
    test.logs.system(test.scope, app, deployment, Phase.BUILD, line);
  }

  UUID newest() {
    return UUID.fromString(
        test.query(
                "select id from deployments_deployment where app_id = '"
                    + app
                    + "' order by id desc limit 1")
            .getFirst());
  }

  @Test
  void pushToTheDeployBranchDeploysAndShowsTheLog() {
    agent.on(
        APP_BUILD,
        seen -> {
          says(seen.command().referenceId(), "compiling \u001b[31mMain\u0007.java");
          return Reply.completed("Build complete: " + seen.text("image_tag"));
        });
    var commit = git.commit("Dockerfile", "FROM scratch\n");
    var push = git.push(app).ok();
    assertThat(push.output())
        .contains("remote: Deploying " + commit.substring(0, 8) + " of main")
        .contains("remote: compiling [31mMain.java")
        .contains("remote: It is live at http://")
        .contains("[new branch]      main -> main")
        .doesNotContain("\u001b[31m");
    assertThat(deployments()).containsExactly(Map.of("status", "live", "commit", commit));
    assertThat(test.deployment(newest()).at("/deployment/trigger")).isEqualTo("push");
    assertThat(agent.last(APP_CLONE).text("commit_sha")).isEqualTo(commit);
  }

  @Test
  void failedDeployFailsThePush() {
    agent.on(APP_BUILD, Reply.failed("exit code: 2"));
    var first = git.commit("Dockerfile", "FROM scratch\n");
    var push = git.push(app);
    assertThat(push.code()).isNotZero();
    assertThat(push.output()).contains("! [remote rejected] main -> main (deploy failed: ");
    assertThat(push.output()).contains("exit code: 2");
    assertThat(deployments()).containsExactly(Map.of("status", "failed", "commit", first));

    // The commit is stored all the same, so that it can be deployed again as it is.
    agent.heal(APP_BUILD);
    test.untilStatus(test.deploy(app, Map.of("commit_sha", first)), "live");
    var second = git.commit("Dockerfile", "FROM scratch\nLABEL fixed=yes\n");
    git.push(app).ok();
    assertThat(deployments().getLast()).isEqualTo(Map.of("status", "live", "commit", second));
  }

  @Test
  void whatCanNotBeDeployedIsStoredAndSaysWhy() {
    agent.vanish();
    git.commit("Dockerfile", "FROM scratch\n");
    var push = git.push(app);
    assertThat(push.code()).isNotZero();
    assertThat(push.output()).contains("not deployed: ").contains("offline");
    assertThat(deployments()).isEmpty();
  }

  List<StoredEvent> pushed() {
    return test.events(app).stream()
        .filter(event -> event.type().equals("deployments.source.pushed"))
        .toList();
  }

  @Test
  void otherBranchIsStoredAndTold() {
    git.commit("Dockerfile", "FROM scratch\n");
    git.push(app).ok();
    git.run("checkout", "-q", "-b", "feature/one").ok();
    git.commit("docs/a.md", "a");
    var commit = git.commit("docs/b.md", "b");
    var push = git.push(app, "feature/one").ok();
    assertThat(push.output()).contains("remote: feature/one is stored");
    assertThat(deployments()).hasSize(1);
    assertThat(pushed()).hasSize(1);
    var event = pushed().getFirst();
    assertThat(event.text("branch")).isEqualTo("feature/one");
    assertThat(event.text("commit")).isEqualTo(commit);
    assertThat(event.data().get("changed_paths")).isEqualTo(List.of("docs/a.md", "docs/b.md"));
    assertThat(event.data().get("all_paths")).isEqualTo(true);
    assertThat(event.uuid("by")).isEqualTo(test.user.userId());
  }

  @Test
  void theDeployBranchIsTheOneOfTheSettings() {
    var path = "/api/apps/" + app + "/deployment-settings";
    expect(200, test.user.patch(path, Map.of("default_branch", "release")));
    git.commit("Dockerfile", "FROM scratch\n");
    git.push(app).ok();
    assertThat(deployments()).isEmpty();
    git.push(app, "main:release").ok();
    assertThat(deployments()).hasSize(1);
  }

  @Test
  void heldDeploymentDoesNotHoldThePush() {
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    expect(200, admin.put("/api/apps/" + app + "/approval-policy", Map.of("enabled", true)));
    git.commit("Dockerfile", "FROM scratch\n");
    var push = git.push(app).ok();
    assertThat(push.output()).contains("deployed as soon as somebody approves");
    assertThat(deployments().getFirst()).containsEntry("status", "awaiting_approval");
  }

  @Test
  void secondPushWaitsForTheFirstDeployment() {
    agent.on(APP_BUILD, Reply.silence());
    var one = git.commit("Dockerfile", "FROM scratch\n");
    var first = git.start("push", git.url(app), "main");
    test.until("the first one is built", () -> !agent.seen(APP_BUILD).isEmpty());
    var other = TestGit.init(test, folder.resolve("other"));
    other.run("fetch", "-q", git.url(app), "main").ok();
    other.run("reset", "-q", "--hard", "FETCH_HEAD").ok();
    var two = other.commit("Dockerfile", "FROM scratch\nLABEL two=2\n");
    var second = other.start("push", git.url(app), "main");
    test.until("the second one waits", () -> deployments().size() == 2);
    assertThat(deployments().getLast()).containsEntry("status", "queued");
    agent.heal(APP_BUILD);
    var building = agent.last(APP_BUILD);
    agent.end(building, Reply.completed("Build complete: " + building.text("image_tag")));
    git.end(first).ok();
    other.end(second).ok();
    assertThat(deployments().stream().map(row -> row.get("commit"))).containsExactly(one, two);
    assertThat(deployments().getLast()).containsEntry("status", "live");
  }

  @Test
  void cancelledDeploymentFailsThePush() {
    agent.on(APP_BUILD, Reply.silence());
    test.upload(app, "Dockerfile", "FROM scratch\n");
    test.untilStatus(test.deploy(app), "building");
    git.run("pull", "-q", git.url(app), "main").ok();
    git.commit("more", "more");
    var push = git.start("push", git.url(app), "main");
    test.until("it waits", () -> deployments().size() == 2);
    expect(200, test.user.post("/api/deployments/" + newest() + "/cancel", null));
    var end = git.end(push);
    assertThat(end.code()).isNotZero();
    assertThat(end.output()).contains("deploy cancelled: ");
  }

  @Test
  void deploymentGoesOnWhenThePusherIsGone() throws Exception {
    agent.on(APP_BUILD, Reply.silence());
    git.commit("Dockerfile", "FROM scratch\n");
    var push = git.start("push", git.url(app), "main");
    test.until("it is built", () -> !agent.seen(APP_BUILD).isEmpty());
    push.process().destroyForcibly().waitFor();
    agent.heal(APP_BUILD);
    var building = agent.last(APP_BUILD);
    agent.end(building, Reply.completed("Build complete: " + building.text("image_tag")));
    test.untilStatus(newest(), "live");
  }

  @Test
  void historyIsRewrittenOnlyByForceAndTheDeployBranchStays() {
    git.commit("Dockerfile", "FROM scratch\n");
    git.push(app).ok();
    git.run("push", git.url(app), "main:other", "main:refs/tags/v1").ok();
    assertThat(git.push(app, ":main").output()).contains("can not be deleted");
    git.push(app, ":other").ok();
    git.run("commit", "-q", "--amend", "-m", "again").ok();
    assertThat(git.push(app).output()).contains("[rejected]").contains("non-fast-forward");
    git.push(app, "+main").ok();
    assertThat(git.run("ls-remote", git.url(app)).output())
        .contains("refs/heads/main", "refs/tags/v1")
        .doesNotContain("other");
    assertThat(deployments()).hasSize(2);
    var odd = git.push(app, "main:refs/hidden/x");
    assertThat(odd.output()).contains("only branches and tags are kept");
  }

  @Test
  void atomicPushMovesAllOrNothing() {
    git.commit("Dockerfile", "FROM scratch\n");
    git.push(app).ok();
    var push = git.run("push", "--atomic", git.url(app), "main:good", "main:refs/bad/x");
    assertThat(push.code()).isNotZero();
    assertThat(git.run("ls-remote", git.url(app)).output()).doesNotContain("good");
  }

  @Test
  void membersCloneWhatTheyPushed() {
    var commit = git.commit("Dockerfile", "FROM scratch\n");
    git.push(app).ok();
    git.run("clone", "-q", git.url(app), "again").ok();
    assertThat(git.run("-C", "again", "rev-parse", "HEAD").output().strip()).isEqualTo(commit);
  }

  @Test
  void uploadsAndPushesShareOneHistory() {
    var uploaded = test.upload(app, "Dockerfile", "FROM scratch\n");
    git.run("pull", "-q", git.url(app), "main").ok();
    var pushed = git.commit("more", "more");
    git.push(app).ok();
    assertThat(git.run("log", "--format=%H").output().lines()).containsExactly(pushed, uploaded);
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL a=b\n");
    assertThat(git.push(app).output()).contains("[rejected]").doesNotContain("remote:");
  }
}
