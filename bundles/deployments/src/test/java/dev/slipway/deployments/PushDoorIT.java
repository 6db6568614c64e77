package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.deployments.source.SourceRoom;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may push, and what: everything that is refused ends with a reason, and leaves nothing. */
class PushDoorIT {
  static final int MIB = 1 << 20;
  static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  static TestDeployments test;
  static TestAgent agent;

  @TempDir Path folder;
  UUID app;
  TestGit git;

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
  void begin() {
    app = test.emptyApp(agent, Map.of());
    git = TestGit.init(test, folder.resolve("work"));
  }

  @AfterEach
  void nothingOfAPushLiesAround() {
    test.until("nothing of a push lies around", () -> !Folder.any(repositories(), "push-*"));
  }

  static Path repositories() {
    return test.platform.facts().data().resolve("deployments/git");
  }

  Path repository() {
    return repositories().resolve(app + ".git");
  }

  static String basic(TestClient user) {
    var token = user.header("Authorization").orElseThrow().substring("Bearer ".length());
    return basic(user.header("X-Tenant-ID").orElse("x"), token);
  }

  static String basic(String name, String password) {
    var pair = name + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  Answer ask(String authorization) {
    var client = test.platform.anonymous();
    var known = authorization == null ? client : client.with("Authorization", authorization);
    return known.get("/git/" + app + ".git/info/refs?service=git-receive-pack");
  }

  @Test
  void onlyMembersOfItsTenantPush() {
    assertThat(ask(null).status()).isEqualTo(401);
    assertThat(ask(null).header("WWW-Authenticate"))
        .hasValueSatisfying(asks -> assertThat(asks).startsWith("Basic realm="));
    var reader = test.wiring().links.token(app);
    for (var wrong :
        List.of(basic("x", "wrong"), basic("x", reader), basic("x", ""), "Basic !!", "Bearer x")) {
      assertThat(ask(wrong).status()).as(wrong).isEqualTo(401);
    }
    assertThat(ask(basic(test.user)).status()).isEqualTo(200);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(ask(basic(stranger)).status()).isEqualTo(404);
    assertThat(ask(basic(stranger.with("X-Tenant-ID", test.tenant.toString()))).status())
        .isEqualTo(403);
    assertThat(ask(basic(test.user.without("X-Tenant-ID"))).status()).isEqualTo(400);
    var post = test.platform.anonymous().with("Authorization", basic(stranger));
    var path = "/git/" + app + ".git/git-receive-pack";
    assertThat(
            post.send("POST", path, new byte[0], "application/x-git-receive-pack-request").status())
        .isEqualTo(404);
    assertThat(Files.exists(repository())).isTrue();
  }

  @Test
  void aStrangerLearnsNothingAndMakesNothing() {
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    git.commit("a", "a");
    var push = git.run("push", git.url(app, stranger), "main");
    assertThat(push.code()).isNotZero();
    assertThat(push.output()).contains("not found").doesNotContain("remote: Deploying");
    assertThat(Files.exists(repository())).isFalse();
  }

  @Test
  void appsThatAreNotBuiltHereTakeNoPush() {
    app = test.emptyApp(agent, Map.of("source_type", "image", "image", "nginx:1"));
    git.commit("a", "a");
    assertThat(git.push(app).output()).contains("remote: The app is not built from a repository");
    app = test.emptyApp(agent, Map.of("repository_url", "https://git.example.com/a/b.git"));
    assertThat(git.push(app).output()).contains("remote: The app's source is in a repository else");
  }

  @Test
  void aFullRepositoryTakesNoMore() throws Exception {
    var noise = new byte[3 * MIB];
    new Random(1).nextBytes(noise);
    Files.write(git.folder().resolve("noise"), noise);
    git.commitAll("noise");
    test.platform.facts().set(SourceRoom.OF_APP, "2");
    try {
      assertThat(git.push(app).output()).contains("Pack exceeds the limit of ");
      assertThat(Folder.size(repository())).isLessThan(MIB);
      git.run("rm", "-q", "--cached", "noise").ok();
      git.run("commit", "-q", "--amend", "--allow-empty", "-m", "small").ok();
      git.push(app, "main:small").ok();
      test.platform.facts().set(SourceRoom.OF_APP, "0");
      assertThat(git.push(app, "main:more").output())
          .contains("remote: There is no room left for source: an app may keep 0 MiB");
    } finally {
      test.platform.facts().set(SourceRoom.OF_APP, "2048");
    }
    test.platform.facts().set(SourceRoom.OF_TENANT, "0");
    try {
      assertThat(git.push(app, "main:more").output()).contains("all apps of a tenant may keep");
      var upload =
          test.user.send(
              "POST",
              "/api/apps/" + app + "/source-archives",
              TestArchive.of("a", "b"),
              "application/gzip");
      expect(413, upload);
    } finally {
      test.platform.facts().set(SourceRoom.OF_TENANT, "20480");
    }
  }

  void refused(String why) throws IOException {
    var push = git.push(app);
    assertThat(push.code()).isNotZero();
    assertThat(push.output()).contains(why);
    assertThat(git.run("ls-remote", git.url(app)).output()).doesNotContain("main");
    assertThat(Folder.size(repository().resolve("objects/pack"))).isZero();
  }

  @Test
  void aLargeFileIsRefused() throws Exception {
    try (var file = Files.newByteChannel(git.folder().resolve("large"), CREATE)) {
      file.position(101L * MIB).write(ByteBuffer.wrap(new byte[1]));
    }
    git.commitAll("large");
    refused("Object too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "a/../../x", ".git/config"})
  void aLinkOutOfTheFolderIsRefused(String target) throws Exception {
    Files.createSymbolicLink(git.folder().resolve("link"), Path.of(target));
    git.commitAll("link");
    refused("link is a link out of the folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u001b[31m", "a\u202eb"})
  void anOddNameIsRefused(String name) throws Exception {
    Files.writeString(git.folder().resolve(name), "x");
    git.commitAll("odd");
    refused("is no path inside the folder");
  }

  @Test
  void oddButHarmlessNamesAreKept() throws Exception {
    for (var name : List.of("with blank", "ünïcode", "-rf", "$(touch x)", "a;b", "'q'", "con")) {
      Files.writeString(git.folder().resolve(name), name);
    }
    git.commitAll("$(touch x); 'quoted' \"message\"");
    git.push(app, "main:other").ok();
    git.run("clone", "-q", "-b", "other", git.url(app), "again").ok();
    assertThat(git.folder().resolve("again/$(touch x)")).hasContent("$(touch x)");
  }

  /** A commit of a tree that git itself would not write. */
  void commitTree(byte[] tree) throws Exception {
    var raw = folder.resolve("tree");
    Files.write(raw, tree);
    var id =
        git.run("hash-object", "-t", "tree", "-w", "--literally", raw.toString())
            .ok()
            .output()
            .strip();
    var commit = git.run("commit-tree", "-m", "crafted", id).ok().output().strip();
    git.run("update-ref", "refs/heads/main", commit).ok();
  }

  byte[] entry(String mode, String name) throws Exception {
    Files.writeString(folder.resolve("blob"), "x");
    var id = git.run("hash-object", "-w", folder.resolve("blob").toString()).ok().output().strip();
    var out = new ByteArrayOutputStream();
    out.write((mode + " " + name + "\0").getBytes(StandardCharsets.UTF_8));
    out.write(HexFormat.of().parseHex(id));
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {".git", ".GIT", "..", ".", "a/b", ".g\u200cit"})
  void aTreeThatLeavesItsFolderIsRefused(String name) throws Exception {
    commitTree(entry("100644", name));
    var push = git.push(app);
    assertThat(push.code()).isNotZero();
    assertThat(push.output()).contains("error");
    assertThat(Folder.size(repository().resolve("objects/pack"))).isZero();
  }

  @Test
  void aFolderThatUnpacksToVeryMuchIsRefused() throws Exception {
    var blob = entry("100644", "f");
    var id = blob;
    for (var level = 0; level < 12; level++) {
      var tree = new ByteArrayOutputStream();
      for (var each = 0; each < 10; each++) {
        tree.write((level == 0 ? "100644 " : "40000 ").getBytes(StandardCharsets.UTF_8));
        tree.write((each + "\0").getBytes(StandardCharsets.UTF_8));
        tree.write(id, id.length - 20, 20);
      }
      commitTree(tree.toByteArray());
      var hex = git.run("rev-parse", "main^{tree}").ok().output().strip();
      id = HexFormat.of().parseHex(hex);
    }
    refused("more than ");
  }

  @Test
  void submodulesStayEmpty() throws Exception {
    git.commit("a", "a");
    var here = git.run("rev-parse", "HEAD").output().strip();
    var secret = folder.resolve("work");
    Files.writeString(
        git.folder().resolve(".gitmodules"),
        "[submodule \"s\"]\n\tpath = s\n\turl = file://" + secret + "\n");
    git.run("update-index", "--add", "--cacheinfo", "160000," + here + ",s").ok();
    git.run("add", ".gitmodules").ok();
    git.run("commit", "-q", "-m", "sub").ok();
    assertThat(git.push(app, "main:other").ok().output())
        .contains("remote: The submodule s is not fetched; it stays empty.");
  }

  @Test
  void aSubmoduleThatIsAnOptionIsRefused() throws Exception {
    git.commit(".gitmodules", "[submodule \"s\"]\n\tpath = s\n\turl = -u./payload\n");
    var push = git.push(app);
    assertThat(push.code()).isNotZero();
    assertThat(Folder.size(repository().resolve("objects/pack"))).isZero();
  }

  @Test
  void hooksOfARepositoryDoNotRun() throws Exception {
    git.commit("a", "a");
    git.push(app, "main:other").ok();
    var marker = folder.resolve("marker");
    for (var name : List.of("pre-receive", "update", "post-receive", "reference-transaction")) {
      var hook = repository().resolve("hooks").resolve(name);
      Files.createDirectories(hook.getParent());
      Files.writeString(hook, "#!/bin/sh\ntouch " + marker + "\n");
      assertThat(hook.toFile().setExecutable(true)).isTrue();
    }
    git.push(app, "main:more").ok();
    assertThat(marker).doesNotExist();
  }

  /** A request that creates a branch of this commit, with a pack behind it. */
  byte[] request(String commit, byte[] pack) throws IOException {
    var zero = "0".repeat(40);
    var line = zero + " " + commit + " refs/heads/main\0report-status side-band-64k";
    var out = new ByteArrayOutputStream();
    out.write(
        String.format("%04x%s0000", line.length() + 4, line).getBytes(StandardCharsets.UTF_8));
    out.write(pack);
    return out.toByteArray();
  }

  Answer post(byte[] body) {
    return test.platform
        .anonymous()
        .with("Authorization", basic(test.user))
        .send(
            "POST",
            "/git/" + app + ".git/git-receive-pack",
            body,
            "application/x-git-receive-pack-request");
  }

  static byte[] pack(int objects, byte... rest) {
    return ByteBuffer.allocate(12 + rest.length)
        .put("PACK".getBytes(StandardCharsets.US_ASCII))
        .putInt(2)
        .putInt(objects)
        .put(rest)
        .array();
  }

  @Test
  void packsThatPromiseTooMuchAreRefused() throws Exception {
    var commit = "1".repeat(40);
    assertThat(post(request(commit, pack(-1))).text()).contains("more than 500000 objects");
    // A blob of one gibibyte: its type and size in seven bits each, the lowest four first.
    var gibibyte = new byte[] {(byte) 0xb0, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x20};
    assertThat(post(request(commit, pack(1, gibibyte))).text()).contains("Object too large");
    for (var broken :
        List.of(new byte[0], pack(1), pack(0), "garbage".getBytes(StandardCharsets.UTF_8))) {
      assertThat(post(request(commit, broken)).text()).contains("ng refs/heads/main");
    }
    for (var nonsense : List.of("", "zzzz", "0000", "0004", "ffff", "003fgarbage")) {
      assertThat(post(nonsense.getBytes(StandardCharsets.UTF_8)).status()).isLessThan(500);
    }
    assertThat(git.run("ls-remote", git.url(app)).output()).doesNotContain("main");
  }

  @Test
  void aPusherWhoLeavesInTheMiddleLeavesNothing() throws Exception {
    git.commit("a", "a");
    git.push(app, "main:other").ok();
    var before = Folder.size(repository());
    var body = request("1".repeat(40), pack(5, new byte[4000]));
    var head =
        "POST /git/"
            + app
            + ".git/git-receive-pack HTTP/1.1\r\nHost: x\r\nAuthorization: "
            + basic(test.user)
            + "\r\nContent-Type: application/x-git-receive-pack-request\r\nContent-Length: "
            + 100 * MIB
            + "\r\n\r\n";
    var url = test.platform.url();
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      test.until("it is received", () -> Folder.any(repositories(), "push-*"));
    }
    nothingOfAPushLiesAround();
    assertThat(Folder.size(repository())).isEqualTo(before);
    git.push(app, "main:again").ok();
  }

  @Test
  void pushesOfManyAtOnceAllEnd() throws Exception {
    git.commit("a", "a");
    git.push(app, "main:base").ok();
    var goings = new ArrayList<TestGit.Going>();
    var gits = new ArrayList<TestGit>();
    for (var each = 0; each < 5; each++) {
      var other = TestGit.init(test, folder.resolve("w" + each));
      other.commit("f" + each, "content " + each);
      gits.add(other);
      goings.add(other.start("push", git.url(app), "main:b" + each));
    }
    for (var each = 0; each < 5; each++) {
      gits.get(each).end(goings.get(each)).ok();
    }
    assertThat(git.run("ls-remote", git.url(app)).output()).contains("b0", "b1", "b2", "b3", "b4");
  }

  /** Looks at folders that others write to meanwhile. */
  static final class Folder {
    private Folder() {}

    static long size(Path folder) throws IOException {
      if (!Files.exists(folder)) {
        return 0;
      }
      try (var files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      }
    }

    static boolean any(Path folder, String names) {
      try (var found = Files.newDirectoryStream(folder, names)) {
        return found.iterator().hasNext();
      } catch (NoSuchFileException none) {
        return false;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
