package dev.slipway.deployments.resource.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestArchive;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.testkit.TestPlatform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What git itself makes of the repositories. */
class GitResourceIT {
  static TestDeployments test;
  static UUID app;
  static String first;
  static String second;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    TestAgent agent = test.agent();
    app = test.emptyApp(agent, Map.of());
    first = test.upload(app, "run.sh", "echo one\n");
    var archive =
        new TestArchive().file("run.sh", "echo two\n", 0755).link("sub/link", "../run.sh");
    var answer =
        test.user.send(
            "POST", "/api/apps/" + app + "/source-archives", archive.gzipped(), "application/gzip");
    second = TestDeployments.expect(201, answer).at("/archive/commit_sha");
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  /** How git ended, and what it said. */
  record Run(int code, String output) {}

  Run git(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var log = folder.resolve("git.log");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    var process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(log));
  }

  static String url(UUID of) {
    var links = test.wiring().links;
    return links.url(of).replace("http://", "http://x-access-token:" + links.token(of) + "@");
  }

  static String token() {
    return test.wiring().links.token(app);
  }

  void assertOk(Run run) {
    assertThat(run.code()).as(run.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void itIsClonedInEachVersionOfTheProtocol(String version) throws Exception {
    assertOk(git("-c", "protocol.version=" + version, "clone", "-q", url(app), "c"));
    var clone = folder.resolve("c");
    assertThat(clone.resolve("run.sh")).hasContent("echo two");
    assertThat(Files.isExecutable(clone.resolve("run.sh"))).isTrue();
    assertThat(Files.readSymbolicLink(clone.resolve("sub/link"))).isEqualTo(Path.of("../run.sh"));
    assertThat(git("-C", "c", "log", "--format=%H").output().lines())
        .containsExactly(second, first);
    assertOk(git("-C", "c", "fsck", "--strict"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void itIsClonedShallowAndFetchedByCommit(String version) throws Exception {
    var protocol = "protocol.version=" + version;
    assertOk(git("-c", protocol, "clone", "-q", "--depth", "1", "--branch", "main", url(app), "c"));
    assertThat(git("-C", "c", "log", "--format=%H").output().lines()).containsExactly(second);
    assertOk(git("-C", "c", "-c", protocol, "fetch", "-q", "--depth", "1", "origin", first));
    assertOk(git("-C", "c", "checkout", "-q", first));
    assertThat(folder.resolve("c/run.sh")).hasContent("echo one");
  }

  @Test
  void aLongRequestComesPacked() throws Exception {
    var own = test.app(test.agent());
    for (var number = 0; number < 30; number++) {
      test.upload(own, "run.sh", "echo " + number + "\n");
    }
    assertOk(git("clone", "-q", url(own), "c"));
    var next = test.upload(own, "run.sh", "echo more\n");
    assertOk(git("-C", "c", "pull", "-q"));
    assertThat(git("-C", "c", "log", "-1", "--format=%H").output().strip()).isEqualTo(next);
  }

  @Test
  void aTokenForReadingPushesNothing() throws Exception {
    assertOk(git("clone", "-q", url(app), "c"));
    var push = git("-C", "c", "push", "-q", "origin", "HEAD:refs/heads/evil");
    assertThat(push.code()).isNotZero();
    assertThat(push.output()).contains("Authentication failed");
    assertThat(git("ls-remote", url(app)).output()).doesNotContain("evil");
  }

  static int status(String path, String authorization) {
    var client = test.platform.anonymous();
    var known = authorization == null ? client : client.with("Authorization", authorization);
    return known.get(path).status();
  }

  static String basic(String password) {
    var pair = "x:" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onlyATokenForThisRepositoryOpensIt() {
    var path = "/git/" + app + ".git/info/refs?service=git-upload-pack";
    assertThat(status(path, basic(token()))).isEqualTo(200);
    assertThat(test.platform.anonymous().get(path).header("WWW-Authenticate"))
        .hasValueSatisfying(ask -> assertThat(ask).startsWith("Basic realm="));
    var tokens = test.platform.tokens();
    var other = test.wiring().links.token(Ids.next());
    var purpose = tokens.issueFor("something-else", app.toString(), Duration.ofHours(1));
    var api = tokens.issue(Ids.next(), Ids.next(), Map.of());
    for (var wrong : List.of("", "wrong", other, purpose, api, token() + "x")) {
      assertThat(status(path, basic(wrong))).as(wrong).isEqualTo(401);
    }
    for (var header :
        List.of("Basic", "Basic !!!", "Basic eA==", "Bearer " + token(), "Digest x", "basic")) {
      assertThat(status(path, header)).as(header).isEqualTo(401);
    }
    assertThat(status(path, null)).isEqualTo(401);
  }

  @Test
  void anAppWithoutARepositoryIsNotTold() {
    var none = test.emptyApp(test.agent(), Map.of());
    var path = "/git/" + none + ".git/info/refs?service=git-upload-pack";
    assertThat(status(path, basic(test.wiring().links.token(none)))).isEqualTo(401);
    assertThat(status("/git/nonsense.git/info/refs?service=git-upload-pack", null))
        .isIn(400, 401, 404);
  }

  @Test
  void theGitTokenIsNoCredentialOfTheApi() {
    assertThat(test.platform.bearer(token()).get("/api/apps/" + app).status()).isEqualTo(401);
  }

  @Test
  void aReaderGetsTheServiceForReading() {
    var path = "/git/" + app + ".git/info/refs";
    assertThat(status(path, basic(token()))).isEqualTo(403);
    assertThat(status(path + "?service=git-something", basic(token()))).isEqualTo(403);
    assertThat(status(path + "?service=git-receive-pack", basic(token()))).isEqualTo(401);
    var client = test.platform.anonymous().with("Authorization", basic(token()));
    var push = "/git/" + app + ".git/git-receive-pack";
    assertThat(
            client
                .send("POST", push, new byte[0], "application/x-git-receive-pack-request")
                .status())
        .isEqualTo(401);
    var fetch = "/git/" + app + ".git/git-upload-pack";
    assertThat(client.send("POST", fetch, new byte[0], "text/plain").status()).isEqualTo(415);
    var large = new byte[(1 << 20) + 1];
    assertThat(client.send("POST", fetch, large, "application/x-git-upload-pack-request").status())
        .isEqualTo(413);
  }

  @Test
  void anUploadOfManyFilesIsOneFile() throws Exception {
    var own = test.emptyApp(test.agent(), Map.of());
    var archive = new TestArchive();
    for (var number = 0; number < 4_000; number++) {
      archive.file("d" + number % 50 + "/f" + number, "content " + number);
    }
    upload(own, archive);
    assertThat(files(objects(own))).isLessThan(5);
    assertOk(git("clone", "-q", url(own), "c"));
    assertThat(folder.resolve("c/d49/f3999")).hasContent("content 3999");
    assertOk(git("-C", "c", "fsck", "--strict"));
  }

  @Test
  void upkeepMakesManyPacksOneAndKeepsAll() throws Exception {
    var own = test.emptyApp(test.agent(), Map.of());
    for (var number = 0; number < 20; number++) {
      upload(own, new TestArchive().file("f", "content " + number).file("same", "as ever"));
    }
    assertThat(files(objects(own))).isGreaterThan(20);
    // What is new may still be read by somebody.
    age(objects(own).resolve("pack"));
    new dev.slipway.deployments.source.Upkeep(test.wiring().repositories).run();
    assertThat(files(objects(own))).isLessThan(10);
    assertOk(git("clone", "-q", url(own), "packed"));
    assertThat(folder.resolve("packed/f")).hasContent("content 19");
    assertThat(git("-C", "packed", "rev-list", "--count", "HEAD").output().strip()).isEqualTo("20");
    upload(own, new TestArchive().file("a", "b"));
  }

  static void age(Path folder) throws IOException {
    var yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        Files.setLastModifiedTime(file, yesterday);
      }
    }
  }

  static void upload(UUID app, TestArchive archive) {
    var caller = TestPlatform.caller(test.tenant, Role.USER);
    test.wiring().archives.add(caller, app, new ByteArrayInputStream(archive.gzipped()), null);
  }

  static Path objects(UUID app) {
    return test.platform.facts().data().resolve("deployments/git/" + app + ".git/objects");
  }

  static long files(Path below) throws IOException {
    try (var all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
