package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bundled example, pushed by git instead of uploaded, built and run by the real agent. */
@ExtendWith(SharedNode.class)
class GitPushIT {
  private static final Pattern LIVE = Pattern.compile("remote: It is live at (\\S+)");

  private final Node node;
  private final Client client;

  GitPushIT(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client();
  }

  /** How git ended, and what it said. */
  private record Run(int code, String output) {
    Run ok() {
      assertThat(code).as(output).isZero();
      return this;
    }
  }

  private static Run git(Path folder, String... words) throws Exception {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com"));
    command.addAll(List.of(words));
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    var process = builder.redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), Files.readString(log));
  }

  private Path source(String version) throws IOException {
    var folder = Files.createDirectories(node.folder().resolve("sources/pushed"));
    var source = Files.readString(Program.HOME.resolve("examples/hello/Main.java"));
    Files.writeString(
        folder.resolve("Main.java"),
        source.replace("VERSION = \"1\"", "VERSION = \"" + version + "\""));
    return folder;
  }

  private String repository() throws Exception {
    var headers = client.headers();
    var answer =
        Web.send(
            "POST",
            node.url() + "/api/apps",
            headers,
            "{\"name\":\"pushed\",\"source_type\":\"git\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    var token = headers.get("Authorization").substring("Bearer ".length());
    var user = headers.get("X-Tenant-ID") + ":" + token;
    return node.url().replace("://", "://" + user + "@")
        + "/git/"
        + answer.json().at("/app/id").asText()
        + ".git";
  }

  private static void commit(Path folder, String message) throws Exception {
    git(folder, "add", "--all").ok();
    git(folder, "commit", "-q", "-m", message).ok();
  }

  @Test
  void pushedVersionsServeAndBrokenOnesFailThePush() throws Exception {
    var url = repository();
    var folder = source("1");
    git(folder, "init", "-q", "--initial-branch=main").ok();
    commit(folder, "one");
    var first = git(folder, "push", url, "main").ok();
    var live = LIVE.matcher(first.output());
    assertThat(live.find()).as(first.output()).isTrue();
    assertThat(Web.get(live.group(1)).text()).contains("version 1.");

    source("2");
    commit(folder, "two");
    git(folder, "push", url, "main").ok();
    assertThat(Web.get(live.group(1)).text()).contains("version 2.");

    Files.writeString(folder.resolve("Main.java"), "class Main { this does not compile }");
    commit(folder, "three");
    var broken = git(folder, "push", url, "main");
    assertThat(broken.code()).isNotZero();
    assertThat(broken.output()).contains("[remote rejected] main -> main (deploy failed: ");
    assertThat(Web.get(live.group(1)).text()).contains("version 2.");
    assertThat(client.deployments("pushed").findValuesAsText("status"))
        .containsExactly("failed", "live", "superseded");
  }

  @Test
  void whatTheCommandLineTellsIsEnoughToPush() throws Exception {
    client.run("app", "create", "told").ok();
    var folder = Files.createDirectories(node.folder().resolve("sources/told"));
    Files.copy(
        Program.HOME.resolve("examples/hello/Main.java"),
        folder.resolve("Main.java"),
        StandardCopyOption.REPLACE_EXISTING);
    git(folder, "init", "-q", "--initial-branch=main").ok();
    commit(folder, "one");
    var remote = client.run("app", "remote", "told").ok().output().getFirst();
    git(folder, "remote", "add", "slipway", remote).ok();
    var pushed = git(folder, "push", "slipway", "main").ok();
    var live = LIVE.matcher(pushed.output());
    assertThat(live.find()).as(pushed.output()).isTrue();
    assertThat(Web.get(live.group(1)).text()).contains("version 1.");
  }
}
