package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The one command of a newcomer, and what becomes of it. */
@Order(Integer.MIN_VALUE)
class StartIT {
  private Node node;

  @BeforeEach
  void create() throws IOException {
    node = Node.create();
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  /** One story, because each start takes seconds. */
  @Test
  void firstStartDeploysTheExampleAndLaterOnesKeepIt() throws Exception {
    var first = node.launch("--agent", "process", "--example");
    Await.until(
        "the last line is the app's URL",
        () -> {
          assertThat(first.isAlive()).as("%s", first).isTrue();
          return first.output().getLast().matches("http://\\S+");
        });
    var url = first.output().getLast();
    assertThat(url).startsWith("http://hello.localhost:");
    assertThat(Web.get(url).text()).startsWith("HTTP/1.1 200").contains("Hello from Slipway");
    assertThat(first.output())
        .anyMatch(line -> line.contains("API ") && line.endsWith(node.url() + "/api"))
        .anyMatch(line -> line.endsWith(node.url() + "/api/docs"));
    var shown = first.output().stream().filter(line -> line.contains("Password")).toList();
    assertThat(shown).hasSize(1);
    var password = shown.getFirst().strip().split("\\s+")[1];
    new Client(node).asProgram().login("root@localhost", password);

    // Made at the first start in the background; see below that it is used.
    Await.atLeisure(
        "a cache is made", () -> Files.exists(node.data().resolve("cache/aot/current")));
    assertThat(first.terminate()).isZero();
    assertThat(first.output().getLast()).isEqualTo(url);
    assertThat(node.processes()).isEmpty();

    var second = node.start("--agent", "process", "--example");
    assertThat(second).noneMatch(line -> line.contains("Password") || line.contains("example"));
    assertThat(maps(node.program())).anyMatch(line -> line.endsWith(".aot"));
    Await.until("the app is back", () -> Web.get(url).status() == 200);

    node.program().kill();
    assertThat(Web.get(url).status()).as("apps outlive the platform's crash").isEqualTo(200);
    node.start("--agent", "process");
    new Client(node).asProgram().login("root@localhost", password);
    var apps = new Client(node).asProgram().run("app", "list", "-o", "json").ok().json();
    assertThat(apps.findValuesAsText("slug")).containsExactly("hello");
    assertThat(Web.get(url).status()).isEqualTo(200);
    assertThat(node.program().interrupt()).isZero();
    assertThat(node.processes()).isEmpty();
    assertThat(Secrets.in(node.data().resolve("logs"), password)).isEmpty();
  }

  private static List<String> maps(Program program) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(program.handle().pid()), "maps"));
  }
}
