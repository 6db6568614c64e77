package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private User user;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    user = new User(temporary.resolve("home"), platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
    folder = Files.createDirectories(temporary.resolve("My Shop"));
    Files.writeString(folder.resolve("Main.java"), "class Main {}");
    Files.writeString(folder.resolve(".gitignore"), "*.log\n");
    Files.writeString(folder.resolve("noise.log"), "noise");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private CliRun deploy(String... more) {
    var arguments = new ArrayList<>(List.of("deploy", folder.toString()));
    arguments.addAll(List.of(more));
    return user.run(arguments.toArray(String[]::new));
  }

  private void describe(String json) throws IOException {
    Files.writeString(folder.resolve("slipway.json"), json);
  }

  @Test
  void createsTheAppUploadsAndFollowsToItsUrl() {
    var run = deploy("--wait", "--message", "first");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("my-shop is live at http://my-shop.localhost:9080\n");
    assertThat(run.err()).contains("created app my-shop", "[build] running", "  | log line 1");
    var app = platform.apps.apps.values().iterator().next();
    assertThat(app.path("source_type").asText()).isEqualTo("git");
    assertThat(app.has("repository_url")).isFalse();
    assertThat(platform.deployments.uploaded).containsExactly(".gitignore", "Main.java");
    assertThat(platform.deployments.uploadMessage).isEqualTo("first");
  }

  @Test
  void jsonIsProgressAndAtLastTheResult() {
    var run = deploy("--wait", "-o", "json");
    var deployment = run.lastLine().path("deployment").asText();
    assertThat(run.lines().getFirst()).contains("\"phase\":\"build\"");
    assertThat(run.lines().getLast())
        .isEqualTo(
            "{\"app\":\"my-shop\",\"deployment\":\"%s\",\"status\":\"live\",\"url\":\"%s\"}"
                .formatted(deployment, "http://my-shop.localhost:9080"));
    assertThat(platform.requests)
        .anyMatch(line -> line.matches("GET /api/apps/.+/deployments/" + deployment));
  }

  @Test
  void withoutWaitItOnlyBegins() {
    var run = deploy("-o", "json");
    assertThat(run.exit()).isZero();
    assertThat(run.lines()).hasSize(1);
    assertThat(run.lastLine().path("status").asText()).isEqualTo("queued");
    assertThat(run.lastLine().path("url").isNull()).isTrue();
  }

  @Test
  void aBrokenConnectionIsResumedAfterTheLastEvent() {
    platform.deployments.breaks = 2;
    var run = deploy("--wait", "-o", "json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(platform.deployments.resumedFrom).containsExactly("", "p1", "p2");
    var sequences = run.lines().stream().filter(line -> line.contains("\"seq\"")).toList();
    assertThat(sequences).hasSize(4);
    assertThat(sequences.getLast()).contains("\"seq\":4", "done");
  }

  @Test
  void aFailedDeploymentExitsWith1AndTellsWhy() {
    platform.deployments.endsAs = "failed";
    var run = deploy("--wait", "-o", "json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.lastLine().path("status").asText()).isEqualTo("failed");
    assertThat(run.err())
        .contains("ended failed: the health check got no answer", "last lines of its log:");
    assertThat(run.err().indexOf("log line 1")).isNotEqualTo(run.err().lastIndexOf("log line 1"));
  }

  @Test
  void theEndIsReadBackEvenWithoutAStream() {
    platform.deployments.noStream = true;
    platform.deployments.endsAs = "failed";
    assertThat(deploy("--wait").exit()).isEqualTo(1);
  }

  @Test
  void theFileSetsTheAppAndChangesItLater() throws IOException {
    describe(
        """
        {"name": "shop", "port": 8081, "start_command": "java Main.java",
         "health_check_path": "/health", "env": {"GREETING": "hi", "KEEP": "1"}}
        """);
    assertThat(deploy("--wait").exit()).isZero();
    var app = platform.apps.apps.values().iterator().next();
    assertThat(app.path("name").asText()).isEqualTo("shop");
    assertThat(app.path("port").asInt()).isEqualTo(8081);
    assertThat(platform.apps.variables).hasSize(2);

    describe(
        """
        {"name": "shop", "port": 8082, "start_command": "java Main.java",
         "env": {"GREETING": "hello", "KEEP": "1"}}
        """);
    var run = deploy("--wait");
    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains("port: 8081 -> 8082", "env GREETING changed")
        .doesNotContain("start_command:", "env KEEP", "created app", "hello");
    assertThat(app.path("port").asInt()).isEqualTo(8082);
    assertThat(app.path("health_check_path").asText()).isEqualTo("/health");
    assertThat(platform.apps.apps).hasSize(1);
    assertThat(platform.count("PATCH /api/apps/" + app.path("id").asText())).isOne();
  }

  @Test
  void theCommandLineGoesBeforeTheFile() throws IOException {
    describe("{\"name\": \"shop\", \"port\": 8081, \"env\": {\"A\": \"file\", \"B\": \"file\"}}");
    var run = deploy("--app", "Other", "--port", "9000", "--env", "A=flag", "--env", "C=x=y");
    assertThat(run.exit()).as(run.err()).isZero();
    var app = platform.apps.apps.values().iterator().next();
    assertThat(app.path("name").asText()).isEqualTo("Other");
    assertThat(app.path("port").asInt()).isEqualTo(9000);
    assertThat(platform.apps.variables.values())
        .extracting(v -> v.path("key").asText() + "=" + v.path("value").asText())
        .containsExactlyInAnyOrder("A=flag", "B=file", "C=x=y");
  }

  @Test
  void secretsOnThePlatformStay() throws IOException {
    describe("{\"name\": \"shop\", \"env\": {\"KEY\": \"from-file\"}}");
    deploy();
    user.run("env", "set", "shop", "KEY=real", "--secret");
    assertThat(deploy().err()).contains("env KEY is a secret");
    assertThat(platform.apps.variables.values().iterator().next().path("value").asText())
        .isEqualTo("real");
  }

  @Test
  void faultsOfTheFileAreNamedBeforeAnythingIsDone() throws IOException {
    describe("{\"prot\": 1, \"port\": 70000}");
    var run = deploy();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("unknown member 'prot'", "port must be");
    assertThat(platform.apps.apps).isEmpty();
  }

  @Test
  void anImageAppTakesNoFolder() {
    platform.apps.add("my-shop", "image");
    var run = deploy();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("deployed from its image");
  }

  @Test
  void aDeployTokenDeploysItsAppAndAsksForNothingElse() throws IOException {
    describe("{\"name\": \"shop\", \"port\": 8081}");
    var app = platform.apps.add("shop", "git");
    platform.apps.apps.remove(app.path("id").asText());
    platform.apps.apps.put(FakeAccounts.DEPLOYED, app.put("id", FakeAccounts.DEPLOYED));
    var program =
        new User(temporary.resolve("nobody"), platform.url())
            .with("SLIPWAY_TOKEN", FakeAccounts.DEPLOY_TOKEN);
    platform.requests.clear();
    var run = program.run("deploy", folder.toString(), "--wait", "-o", "json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.lastLine().path("status").asText()).isEqualTo("live");
    assertThat(run.err()).contains("settings and variables stay");
    assertThat(platform.requests)
        .contains("GET /api/version")
        .filteredOn(line -> !line.equals("GET /api/version"))
        .as("besides what everybody may ask")
        .isNotEmpty()
        .allMatch(line -> line.contains("/api/apps/" + FakeAccounts.DEPLOYED + "/"));
    assertThat(platform.accounts.lastTenant).isNull();
    var other = program.run("deploy", folder.toString(), "--app", FakeAccounts.ROOT);
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("is for the app " + FakeAccounts.DEPLOYED);
  }

  @Test
  void anEmptyFolderCreatesNoApp() throws IOException {
    folder = Files.createDirectories(temporary.resolve("empty"));
    assertThat(deploy().exit()).isEqualTo(1);
    assertThat(platform.apps.apps).isEmpty();
  }

  @Test
  void aMissingFolderIsWrongUsage() {
    folder = temporary.resolve("nowhere");
    assertThat(deploy().exit()).isEqualTo(2);
  }

  @Test
  void rollbackFollowsToo() {
    deploy("--wait");
    var run = user.run("deployment", "rollback", "my-shop", "--reason", "broken", "--wait");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("my-shop is live");
    assertThat(platform.deployments.lastRollback.path("reason").asText()).isEqualTo("broken");
  }
}
