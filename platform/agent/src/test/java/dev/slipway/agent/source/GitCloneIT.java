package dev.slipway.agent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.agent.os.FileTree;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCloneIT {
  private static final String TOKEN = "ghs_token-1234567890";

  @TempDir Path folder;
  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private GitClone git(boolean fileUrlsAllowed) throws Exception {
    return new GitClone(new CloneFolders(folder.resolve("clones")), fileUrlsAllowed);
  }

  private static void git(Path where, String... words) throws Exception {
    var argv = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@x"));
    argv.addAll(List.of(words));
    var process = new ProcessBuilder(argv).directory(where.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(argv.toString()).isZero();
  }

  private Path bareRepository() throws Exception {
    var work = Files.createDirectories(folder.resolve("work"));
    git(work, "init", "--quiet", "--initial-branch=main");
    Files.writeString(work.resolve("a.txt"), "hello");
    git(work, "add", "--all");
    git(work, "commit", "--quiet", "-m", "one");
    var bare = folder.resolve("bare.git");
    git(folder, "clone", "--quiet", "--bare", work.toString(), bare.toString());
    git(bare, "update-server-info");
    return bare;
  }

  /** Plain files of a bare repository, behind basic authentication. */
  private void serveWithPassword(Path bare) {
    server.createContext(
        "/",
        exchange -> {
          var given = exchange.getRequestHeaders().getFirst("Authorization");
          if (given == null) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(401, -1);
          } else {
            credentials.add(
                new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8));
            var path = exchange.getRequestURI().getPath();
            var file = bare.resolve(path.substring("/r.git/".length())).normalize();
            if (file.startsWith(bare) && Files.isRegularFile(file)) {
              exchange.sendResponseHeaders(200, 0);
              Files.copy(file, exchange.getResponseBody());
            } else {
              exchange.sendResponseHeaders(404, -1);
            }
          }
          exchange.close();
        });
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/r.git";
  }

  @Test
  void tokenIsGivenToTheHostAndShownNowhere() throws Exception {
    serveWithPassword(bareRepository());
    var lines = new CopyOnWriteArrayList<String>();
    var tree = git(false).clone(GitSource.of(url(), "main", "", false), TOKEN, lines::add);
    try {
      assertThat(tree.resolve("a.txt")).hasContent("hello");
      assertThat(credentials).isNotEmpty().allMatch(("x-access-token:" + TOKEN)::equals);
      assertThat(String.join("\n", lines)).contains("checked out ").doesNotContain(TOKEN);
      assertThat(Files.readString(tree.resolve(".git/config"))).doesNotContain(TOKEN);
    } finally {
      FileTree.delete(tree);
    }
  }

  @Test
  void redirectToAnotherHostGetsNoToken() throws Exception {
    serveWithPassword(bareRepository());
    var elsewhere =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    elsewhere.createContext(
        "/",
        exchange -> {
          exchange
              .getResponseHeaders()
              .add(
                  "Location",
                  url() + exchange.getRequestURI().toString().substring("/r.git".length()));
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    elsewhere.start();
    try {
      // Another port is another host: what it redirects to asks, and is told nothing.
      var first = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/r.git";
      var source = GitSource.of(first, "main", "", false);
      assertThatThrownBy(() -> git(false).clone(source, TOKEN, line -> {}))
          .isInstanceOf(GitClone.Failed.class);
      assertThat(credentials).isEmpty();
    } finally {
      elsewhere.stop(0);
    }
  }

  @Test
  void failureSaysWhatGitSaidAndLeavesNothing() throws Exception {
    var bare = bareRepository();
    var before = cloneFolders();
    var source = GitSource.of("file://" + bare, "absent", "", true);
    assertThatThrownBy(() -> git(true).clone(source, "", line -> {}))
        .isInstanceOf(GitClone.Failed.class)
        .hasMessageContaining("absent");
    assertThat(cloneFolders()).isEqualTo(before);
  }

  private static List<Path> cloneFolders() throws Exception {
    try (var folders = Files.list(Path.of("/tmp"))) {
      return folders
          .filter(f -> f.getFileName().toString().startsWith("deploy-build-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void hooksOfARepositoryDoNotRun() throws Exception {
    var bare = bareRepository();
    var marker = folder.resolve("marker");
    var hook = bare.resolve("hooks/post-checkout");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\ntouch " + marker + "\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    var tree = git(true).clone(GitSource.of("file://" + bare, "main", "", true), "", l -> {});
    FileTree.delete(tree);
    assertThat(marker).doesNotExist();
  }
}
