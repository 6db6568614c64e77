package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakeApps.Ending;
import dev.slipway.cli.fake.FakeApps.LogConnection;
import dev.slipway.cli.fake.FakeDeployments;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private User user;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    user = new User(temporary, platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void appsAreCreatedFoundByAnyNameAndDeleted() {
    var made = user.run("app", "create", "My App", "--port", "8080", "-o", "json");
    assertThat(made.exit()).as(made.err()).isZero();
    var id = made.json().path("id").asText();
    for (var reference : new String[] {"My App", "my-app", id}) {
      var shown = user.run("app", "show", reference, "-o", "json");
      assertThat(shown.json().path("port").asInt()).isEqualTo(8080);
    }
    assertThat(user.run("app", "list").out()).contains("SLUG", "my-app", "git");
    assertThat(user.run("app", "delete", "my-app", "--wait").exit()).isZero();
    assertThat(user.run("app", "list").err()).contains("no apps");
    assertThat(user.run("app", "show", "my-app").exit()).isEqualTo(4);
    assertThat(user.run("app", "show", id).exit()).isEqualTo(4);
  }

  @Test
  void theAddressToPushToHoldsANewToken() {
    var id = user.run("app", "create", "shop", "-o", "json").json().path("id").asText();
    var address =
        platform.url().toString().replace("://", "://git:sdt_of-shop@") + "/git/" + id + ".git";
    var shown = user.run("app", "remote", "shop");
    assertThat(shown.out().strip()).isEqualTo(address);
    var told = user.run("app", "remote", "shop", "--name", "laptop", "-o", "json");
    assertThat(told.json().path("remote").asText()).isEqualTo(address);
    assertThat(user.run("app", "remote", "none").exit()).isEqualTo(4);
  }

  @Test
  void sourcesWantWhatBelongsToThem() {
    assertThat(user.run("app", "create", "a", "--source", "image").exit()).isEqualTo(2);
    assertThat(user.run("app", "create", "a", "--image", "nginx").exit()).isEqualTo(2);
    var run = user.run("app", "create", "a", "--source", "image", "--image", "nginx:1");
    assertThat(run.exit()).isZero();
    assertThat(platform.apps.apps.values().iterator().next().path("source_type").asText())
        .isEqualTo("image");
  }

  @Test
  void longListsAreReadPageByPage() {
    for (var i = 0; i < 450; i++) {
      platform.apps.add("app " + i, "git");
    }
    assertThat(user.run("app", "list", "--limit", "1000", "-o", "json").json()).hasSize(450);
    assertThat(user.run("app", "list", "--limit", "250", "-o", "json").json()).hasSize(250);
    assertThat(user.run("app", "show", "app-449").exit()).isZero();
  }

  @Test
  void aRefusalIsToldWithItsFieldsAndRequest() {
    var run = user.run("app", "create", "x".repeat(64));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("error: the name does not fit", "  name: bad", "  request id: req-")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void anUnreachablePlatformExitsWith5() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    var run =
        user.with("SLIPWAY_TOKEN", "t").run("app", "list", "--url", "http://127.0.0.1:" + closed);
    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains("cannot reach http://127.0.0.1:" + closed);
  }

  @Test
  void wrongUsageExitsWith2() {
    for (var arguments :
        new String[][] {
          {},
          {"app"},
          {"nonsense"},
          {"app", "list", "--nonsense"},
          {"app", "create"},
          {"logs", "x", "--tail", "9999"},
          {"app", "list", "--url", "ftp://x"},
          {"app", "list", "-o", "xml"},
          {"env", "set", "x", "1A=b"}
        }) {
      var run = user.run(arguments);
      assertThat(run.exit()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(run.err()).startsWith("error: ");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void variablesAreSetShownAndDropped() {
    platform.apps.add("shop", "git");
    assertThat(user.run("env", "set", "shop", "A=1", "B=two words").exit()).isZero();
    assertThat(user.typing("s3cret\n").run("env", "set", "shop", "C", "--value-stdin", "--secret"))
        .satisfies(run -> assertThat(run.out() + run.err()).doesNotContain("s3cret"));
    assertThat(user.run("env", "set", "shop", "A=2").exit()).isZero();
    assertThat(platform.apps.variables).hasSize(3);
    var list = user.run("env", "list", "shop").out();
    assertThat(list).containsPattern("A +2").contains("two words", "****").doesNotContain("s3cret");
    assertThat(user.run("env", "unset", "shop", "A", "C").exit()).isZero();
    assertThat(platform.apps.variables).hasSize(1);
    assertThat(user.run("env", "unset", "shop", "A").exit()).isEqualTo(4);
  }

  @Test
  void logsResumeAfterADroppedConnection() {
    platform.apps.add("shop", "git");
    platform.apps.logConnections.add(
        new LogConnection(
            "retry: 10\n\nid: c1\ndata: {\"message\":\"one\"}\n\nid: c2\nda", Ending.BROKEN));
    platform.apps.logConnections.add(
        new LogConnection(
            "event: ping\ndata: {}\n\nid: c2\ndata: {\"message\":\"two\"}\n\n", Ending.CLOSED));
    var run = user.run("logs", "shop", "-f");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.lines()).containsExactly("one", "two");
    assertThat(platform.apps.resumedFrom).containsExactly("", "c1", "c2");
  }

  @Test
  void aSilentConnectionIsReplaced() {
    platform.apps.add("shop", "git");
    platform.apps.logConnections.add(
        new LogConnection("id: c1\ndata: {\"message\":\"one\"}\n\n", Ending.SILENT));
    platform.apps.logConnections.add(
        new LogConnection("id: c2\ndata: {\"message\":\"two\"}\n\n", Ending.CLOSED));
    assertThat(user.impatient().run("logs", "shop", "-f").lines()).containsExactly("one", "two");
    assertThat(platform.apps.resumedFrom).startsWith("", "c1").endsWith("c2");
  }

  @Test
  void anAnswerThatIsLostCreatesOnce() {
    platform.apps.lostAnswers.set(1);
    var run = user.run("app", "create", "shop");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(platform.count("POST /api/apps")).isEqualTo(2);
    assertThat(platform.apps.apps).hasSize(1);
  }

  @Test
  void logsEndAfterTheTailWithoutFollow() {
    platform.apps.add("shop", "git");
    platform.apps.logConnections.add(
        new LogConnection("data: {\"message\":\"a\\u001b[2Jb\"}\n\n".repeat(3), Ending.CLOSED));
    assertThat(user.run("logs", "shop", "--tail", "2").lines()).containsExactly("ab", "ab");
    platform.apps.logConnections.add(
        new LogConnection("data: {\"message\":\"c\"}\n\n", Ending.CLOSED));
    assertThat(user.run("logs", "shop", "-o", "json").lastLine().path("message").asText())
        .isEqualTo("c");
  }

  @Test
  void aFailedOperationExitsWith1() {
    platform.apps.add("shop", "git");
    assertThat(user.run("deployment", "restart", "shop").exit()).isZero();
    assertThat(user.run("deployment", "stop", "shop", "--wait").exit()).isZero();
    platform.deployments.operation = FakeDeployments.BAD_OPERATION;
    var run = user.run("deployment", "start", "shop", "--wait");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("start of shop has failed: the server is offline");
    var shown = user.run("operation", "show", FakeDeployments.BAD_OPERATION, "-o", "json");
    assertThat(shown.exit()).isZero();
    assertThat(shown.json().path("steps").path(0).path("name").asText()).isEqualTo("stop");
    var waited = user.run("operation", "show", FakeDeployments.BAD_OPERATION, "--wait");
    assertThat(waited.exit()).isEqualTo(1);
  }

  @Test
  void pluginsGoThroughTheirLife() throws IOException {
    var jar = jar();
    assertThat(user.run("plugin", "install", jar.toString(), "--enable").out())
        .contains("installed example-greeting 1.0.0, now active");
    assertThat(platform.plugins.lastSize).isEqualTo((int) Files.size(jar));
    assertThat(user.run("plugin", "install", jar.toString()).exit()).isEqualTo(1);
    assertThat(user.run("plugin", "disable", "example-greeting", "--drain", "5").exit()).isZero();
    assertThat(platform.plugins.lastQuery).containsEntry("drain_seconds", "5");
    assertThat(user.run("plugin", "enable", "example-greeting").exit()).isZero();
    assertThat(user.run("plugin", "update", jar.toString()).out()).contains("2.0.0");
    assertThat(user.run("plugin", "update", "other", jar.toString()).exit()).isEqualTo(4);
    assertThat(user.run("plugin", "list", "--kind", "plugin").out()).contains("example-greeting");
    assertThat(user.run("plugin", "remove", "example-greeting", "--purge").exit()).isZero();
    assertThat(platform.plugins.lastQuery).containsEntry("purge", "true");
    assertThat(user.run("plugin", "enable", "example-greeting").exit()).isEqualTo(4);
  }

  @Test
  void settingsOfAPluginAreChangedOneByOne() throws IOException {
    user.run("plugin", "install", jar().toString());
    assertThat(user.run("plugin", "settings", "example-greeting").out()).contains("Hello");
    var set =
        user.run(
            "plugin",
            "settings",
            "example-greeting",
            "--set",
            "keep_days=7",
            "--set",
            "mood=so so");
    assertThat(set.out()).contains("Hello", "7", "so so");
    assertThat(platform.plugins.settings.path("keep_days").isInt()).isTrue();
    user.run("plugin", "settings", "example-greeting", "--set", "mood=");
    assertThat(platform.plugins.settings.has("mood")).isFalse();
    var texts = List.of("3 per hour", "  ", "{} {}", "true, mostly");
    for (var text : texts) {
      user.run("plugin", "settings", "example-greeting", "--set", "retries=" + text);
      assertThat(platform.plugins.settings.path("retries").asText()).isEqualTo(text);
    }
  }

  @Test
  void changedSourceIsBuiltAndBrought() throws IOException {
    var project = Files.createDirectories(temporary.resolve("chat"));
    var build = Files.createDirectories(project.resolve("target"));
    Files.copy(jar(), temporary.resolve("built.jar"));
    var dev =
        new String[] {
          "plugin",
          "dev",
          "--once",
          "--dir",
          project.toString(),
          "--build",
          "cp " + temporary.resolve("built.jar") + " target/chat.jar"
        };
    assertThat(user.run(dev).out()).contains("example-greeting 1.0.0 active");
    assertThat(user.run(dev).out()).contains("example-greeting 2.0.0 active");
    assertThat(platform.plugins.lastQuery).containsEntry("grant", "true");
    try (var brought = new JarFile(build.resolve("plugin-dev.jar").toFile())) {
      assertThat(brought.getManifest().getMainAttributes().getValue("Bundle-Version"))
          .matches("\\d+\\.\\d+\\.\\d+\\.dev-\\d+");
    }
    dev[6] = "false";
    var failed = user.run(dev);
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains("the build failed");
  }

  @Test
  void projectIsMade() {
    var project = temporary.resolve("chat");
    var made = user.run("plugin", "new", "chat", "--point", "job", "--dir", project.toString());
    assertThat(made.exit()).isZero();
    assertThat(project.resolve("src/main/java/com/example/chat/ChatJob.java")).exists();
    assertThat(user.run("plugin", "new", "chat", "--dir", project.toString()).exit()).isEqualTo(2);
    assertThat(user.run("plugin", "new", "x", "--point", "none").exit()).isEqualTo(2);
    assertThat(user.run("plugin", "dev", "--dir", temporary.toString()).exit()).isEqualTo(2);
  }

  @Test
  void permissionsAreShownAndDecided() throws IOException {
    user.run("plugin", "install", jar().toString());
    var id = "example-greeting";
    assertThat(user.run("plugin", "permissions", id).out()).contains("events:apps.*");
    user.run("plugin", "permissions", id, "--grant", "events:apps.*", "--grant", "egress:a");
    assertThat(platform.plugins.granted).containsExactly("egress:a", "events:apps.*");
    user.run("plugin", "permissions", id, "--revoke", "egress:a");
    assertThat(platform.plugins.granted).containsExactly("events:apps.*");
    assertThat(user.run("plugin", "check", jar().toString()).exit()).isEqualTo(1);
  }

  @Test
  void keysAreMadeTrustedAndRevoked() throws IOException {
    var jar = jar();
    var file = temporary.resolve("key.pem").toString();
    var made = user.run("plugin", "key", "new", file);
    assertThat(made.out()).contains("BEGIN PUBLIC KEY").doesNotContain("PRIVATE");
    assertThat(user.run("plugin", "key", "new", file).exit()).isEqualTo(2);
    assertThat(user.run("plugin", "sign", "--key", file, jar.toString()).exit()).isZero();
    assertThat(user.run("plugin", "sign", "--key", jar.toString(), jar.toString()).exit())
        .isEqualTo(2);
    assertThat(user.run("plugin", "key", "trust", "Works", file).exit()).isZero();
    assertThat(platform.plugins.key.path("public_key").asText()).startsWith("MCow");
    assertThat(user.run("plugin", "key", "list").out()).contains("Works");
    assertThat(user.run("plugin", "key", "revoke", "k1", "--reason", "lost").exit()).isZero();
    assertThat(platform.plugins.key.path("revoked_for").asText()).isEqualTo("lost");
    assertThat(user.run("plugin", "revoke", "ab", "--reason", "bad").exit()).isZero();
  }

  @Test
  void pluginEventsAreShown() {
    assertThat(user.run("plugin", "events", "-o", "json").lastLine().path("event").asText())
        .isEqualTo("plugin.enabled");
  }

  @Test
  void whatIsNotWhollyJsonIsAUsageError() throws IOException {
    var source = temporary.resolve("odd.js");
    Files.writeString(source, "export default () => null");
    var event = temporary.resolve("odd.json");
    for (var text : List.of("{} {}", "{\"a\":1} and so on", " ", "{")) {
      var path = source.toString();
      var created =
          user.run("script", "create", "odd", path, "--hook", "schedule", "--filter", text);
      assertThat(created.exit()).as(created.out()).isEqualTo(2);
      Files.writeString(event, text);
      var run = user.run("script", "run", "odd", "--event", event.toString());
      assertThat(run.exit()).as(run.out()).isEqualTo(2);
      assertThat(run.err()).contains("odd.json");
    }
    assertThat(user.run("script", "list").err()).contains("no scripts");
  }

  @Test
  void scriptsAreSavedRunAndShown() throws IOException {
    var source = temporary.resolve("tidy.js");
    Files.writeString(source, "export default () => null");
    assertThat(user.run("script", "hooks").out()).contains("schedule", "fetch");
    assertThat(user.run("script", "types").out()).isEqualTo("export interface Schedule {}\n");
    var types = temporary.resolve("slipway.d.ts");
    assertThat(user.run("script", "types", types.toString()).exit()).isZero();
    assertThat(types).hasContent("export interface Schedule {}");
    assertThat(user.run("script", "list").err()).contains("no scripts");
    for (var name : List.of("tidy", "other")) {
      var created =
          user.run(
              "script",
              "create",
              name,
              source.toString(),
              "--hook",
              "schedule",
              "--filter",
              "{\"cron\":\"0 4 * * *\"}",
              "--timeout",
              "500");
      assertThat(created.out()).as(created.err()).contains("saved " + name + ", version 1");
    }
    assertThat(user.run("script", "list", "-o", "json").json()).hasSize(2);
    assertThat(user.run("script", "show", "tidy", "-o", "json").json().at("/filter/cron").asText())
        .isEqualTo("0 4 * * *");
    assertThat(user.run("script", "run", "tidy").exit()).isZero();
    assertThat(platform.scripts.wish.path("dry_run").asBoolean()).isTrue();
    Files.writeString(source, "export default () => { throw 1 }");
    assertThat(user.run("script", "update", "tidy", source.toString(), "--enabled", "false").out())
        .contains("version 2");
    var event = temporary.resolve("event.json");
    Files.writeString(event, "{\"a\":1}");
    var failed = user.run("script", "run", "tidy", "--event", event.toString(), "--effects");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out()).contains("failed");
    assertThat(platform.scripts.wish.at("/event/a").asInt()).isEqualTo(1);
    assertThat(user.run("script", "versions", "tidy").out()).contains("*");
    assertThat(user.run("script", "activate", "tidy", "1").out()).contains("version 1");
    assertThat(user.run("script", "executions", "tidy").out()).contains("TypeError");
    assertThat(user.run("script", "execution", "e1", "-o", "json").json().path("id").asText())
        .isEqualTo("e1");
    assertThat(user.run("script", "run", "other", "--recorded", "e1").exit()).isZero();
    assertThat(platform.scripts.wish.at("/event/recorded").asBoolean()).isTrue();
    assertThat(user.run("script", "run", "other", "--recorded", "e2").exit()).isEqualTo(1);
    assertThat(user.run("script", "delete", "tidy", "--yes").exit()).isZero();
    assertThat(user.run("script", "show", "tidy").exit()).isEqualTo(4);
    assertThat(user.run("script", "run", "other", "--event", source.toString()).exit())
        .isEqualTo(2);
  }

  @Test
  void serversAreShown() {
    assertThat(user.run("server", "list").out()).contains("local", "online");
    assertThat(user.run("server", "show", "local", "-o", "json").json().path("name").asText())
        .isEqualTo("local");
    assertThat(user.run("server", "show", "other").exit()).isEqualTo(4);
  }

  @Test
  void versionAndHelpNeedNoLogin() {
    var nobody = new User(temporary.resolve("nobody"), platform.url());
    var version = nobody.run("version", "-o", "json").json();
    assertThat(version.path("client").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(version.path("platform").asText()).isEqualTo("1.00");
    assertThat(nobody.run("--version").out().strip())
        .isEqualTo("slipway " + version.path("client").asText());
    assertThat(nobody.run("deploy", "--help").out()).contains("slipway.json");
    assertThat(nobody.run("completion").out()).contains("complete");
  }

  @Test
  void everyCommandOfTheHelpIsThere() {
    var nobody = new User(temporary.resolve("nobody"), platform.url());
    var help = nobody.run("--help").lines();
    var commands =
        help.subList(help.indexOf("Commands:") + 1, help.size()).stream()
            .takeWhile(line -> !line.isEmpty())
            .filter(line -> line.matches("  \\S.*"))
            .map(line -> line.strip().split(" ")[0])
            .toList();
    assertThat(commands).contains("login", "app", "completion", "version");
    for (var command : commands) {
      assertThat(nobody.run(command, "--help").out()).startsWith("Usage: slipway " + command);
    }
  }

  private Path jar() throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .putValue("Bundle-SymbolicName", "example-greeting;singleton:=true");
    manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
    var jar = temporary.resolve("greeting.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
