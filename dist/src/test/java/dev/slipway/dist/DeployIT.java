package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Life with a platform that runs: apps, their versions, variables and logs. */
@ExtendWith(SharedNode.class)
class DeployIT {
  private static final String SECRET = "tok-4f9c1d7e2ab85063";

  private final Node node;
  private final Client client;

  DeployIT(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client();
  }

  @Test
  void versionsTakeOverWithoutAGap() throws Exception {
    var program = client.asProgram();
    program.run("app", "create", "shop").ok();
    var sample = Sample.of(node, "shop");
    var first = program.deploy(sample.folder()).ok().lastLine();
    assertThat(first.properties().stream().map(Map.Entry::getKey))
        .containsExactly("app", "deployment", "status", "url");
    assertThat(first.path("app").asText()).isEqualTo("shop");
    assertThat(first.path("status").asText()).isEqualTo("live");
    var url = first.path("url").asText();
    assertThat(Web.get(url).text()).startsWith("HTTP/1.1 200").contains("version 1.");

    var load = Load.on(url, Map.of());
    load.awaitMore(20);
    var second = program.deploy(sample.version("2").folder()).ok().lastLine();
    assertThat(second.path("url").asText()).isEqualTo(url);
    assertThat(Web.get(url).text()).contains("version 2.");

    var unbuildable = program.deploy(sample.build("echo no such luck && exit 7").folder());
    assertThat(unbuildable.status()).isEqualTo(1);
    assertThat(unbuildable.errors())
        .anyMatch(line -> line.matches("error: .* ended failed: Build failed: .*"));
    assertThat(unbuildable.errors()).anyMatch(line -> line.contains("no such luck"));
    assertThat(unbuildable.lastLine().path("status").asText()).isEqualTo("failed");
    var broken =
        program.deploy(sample.build("true").startAfter("echo cannot start && exit 3").folder());
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.errors())
        .anyMatch(line -> line.startsWith("error: ") && line.contains("failed: "));
    assertThat(broken.lastLine().path("status").asText()).isEqualTo("failed");
    assertThat(Web.get(url).text()).contains("version 2.");

    program.run("deployment", "rollback", "shop", "--wait").ok();
    assertThat(Web.get(url).text()).contains("version 1.");
    load.endsWithoutFailure();

    assertThat(program.deployments("shop").findValuesAsText("status"))
        .containsExactly("live", "failed", "failed", "rolled_back", "superseded");
  }

  @Test
  void aReleaseHookRunsOnceAndOneThatFailsTouchesNothing() throws Exception {
    var app =
        client.run("app", "create", "ledger", "-o", "json").ok().json().findValue("id").asText();
    client
        .runWith(SECRET + "\n", "env", "set", "ledger", "TOKEN", "--secret", "--value-stdin")
        .ok();
    var hook = "{\"commands\": [\"sh migrate.sh up\"], \"timeout_seconds\": 60}";
    var path = node.url() + "/api/apps/" + app + "/release-hook";
    assertThat(Web.send("PUT", path, client.headers(), hook).status()).isEqualTo(200);
    var sample = Sample.of(node, "ledger").with("migrate.sh", "echo \"migrates $1 by $TOKEN\"");
    var url = client.deploy(sample.folder()).ok().lastLine().path("url").asText();
    Await.until(
        "its output is in the log, masked",
        () ->
            client.run("logs", "ledger").ok().output().stream()
                .anyMatch(line -> line.matches(".*migrates up by (?!tok-)\\S+.*")));

    var load = Load.on(url, Map.of());
    load.awaitMore(20);
    sample.version("2").with("migrate.sh", "echo no such table: orders >&2; exit 3");
    var failed = client.deploy(sample.folder());
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.errors()).anyMatch(line -> line.contains("Release hook failed: "));
    assertThat(failed.errors()).anyMatch(line -> line.contains("no such table: orders"));
    assertThat(failed.lastLine().path("status").asText()).isEqualTo("failed");
    assertThat(Web.get(url).text()).contains("version 1.");
    load.endsWithoutFailure();
    assertThat(Secrets.in(node.data().resolve("logs"), SECRET)).isEmpty();
  }

  @Test
  void appStopsStartsAndRestarts() throws Exception {
    var url = client.deploy(Sample.of(node, "lamp").folder()).ok().lastLine().path("url").asText();
    client.run("deployment", "stop", "lamp", "--wait").ok();
    assertThat(Web.get(url).status()).isBetween(500, 599);
    client.run("deployment", "start", "lamp", "--wait").ok();
    assertThat(Web.get(url).status()).isEqualTo(200);
    client.run("deployment", "restart", "lamp", "--wait").ok();
    assertThat(Web.get(url).status()).isEqualTo(200);
  }

  @Test
  void processesRunBesideTheAppAndWhatBecomesOfThemIsTold() throws Exception {
    client.run("app", "create", "team").ok();
    // It outlives the grace time, and ends when the version has long been live.
    worker("echo waits for work && sleep 25; exit 4");
    var sample = Sample.of(node, "team");
    var url = client.deploy(sample.folder()).ok().lastLine().path("url").asText();
    assertThat(instances().findValuesAsText("process")).containsExactly("web", "worker");
    Await.until(
        "its words are kept",
        () ->
            client.run("logs", "team", "--process", "worker").ok().output().stream()
                .anyMatch(line -> line.contains("waits for work")));
    Await.until("it is started again, and told so", () -> restarted(instances().path(1)));
    assertThat(instances().path(0).path("restarts").asInt()).isZero();

    worker("echo no queue here && exit 3");
    var before = instances().findValuesAsText("container");
    var dead = client.deploy(sample.version("2").folder());
    assertThat(dead.status()).isEqualTo(1);
    assertThat(dead.errors())
        .anyMatch(line -> line.contains("Process failed: ") && line.contains("exited with code 3"))
        .anyMatch(line -> line.contains("no queue here"));
    assertThat(Web.get(url).text()).contains("version 1.");
    assertThat(instances().findValuesAsText("container")).isEqualTo(before);
  }

  private void worker(String command) throws Exception {
    client.run("app", "process", "set", "team", "worker", "--command", command).ok();
  }

  private JsonNode instances() throws Exception {
    return client.run("app", "instances", "team", "-o", "json").ok().json();
  }

  private static boolean restarted(JsonNode instance) {
    return instance.path("restarts").asInt() > 0
        && instance.path("reason").asText().equals("exited with code 4");
  }

  @Test
  void logsAreFollowed() throws Exception {
    var url = client.deploy(Sample.of(node, "diary").folder()).ok().lastLine().path("url").asText();
    try (var logs = client.follow("logs", "diary", "-f")) {
      Await.until("what was before is shown", () -> Node.says(logs, "Live at"));
      Await.until(
          "what comes is shown",
          () -> {
            Web.get(url + "/dear-diary");
            return Node.says(logs, "GET /dear-diary 404");
          });
    }
  }

  @Test
  void variablesReachTheProcessAndSecretsNothingElse() throws Exception {
    client.run("app", "create", "vault").ok();
    client.run("env", "set", "vault", "GREETING=Bonjour").ok();
    client.runWith(SECRET + "\n", "env", "set", "vault", "TOKEN", "--secret", "--value-stdin").ok();
    var url = client.deploy(Sample.of(node, "vault").folder()).ok().lastLine().path("url").asText();
    assertThat(Web.get(url).text()).contains("<h1>Bonjour</h1>");
    Web.get(url + "/" + SECRET);
    Await.until(
        "its output is kept, masked",
        () -> {
          var lines = client.run("logs", "vault").ok().output();
          return lines.stream().anyMatch(line -> line.matches(".*token \\S+.*"))
              && lines.stream().anyMatch(line -> line.contains("404"));
        });
    var shown = client.run("env", "list", "vault", "-o", "json").ok();
    assertThat(shown.output()).anyMatch(line -> line.contains("Bonjour"));
    assertThat(shown.output()).noneMatch(line -> line.contains(SECRET));
    assertThat(client.run("logs", "vault").ok().output())
        .noneMatch(line -> line.contains(SECRET) || line.contains("token null"));
    assertThat(Secrets.in(node.data().resolve("logs"), SECRET)).isEmpty();
    assertThat(Secrets.in(node.data().resolve("agent/data/logs"), SECRET)).isEmpty();
  }
}
