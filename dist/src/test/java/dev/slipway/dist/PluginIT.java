package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A third party's plugin comes, changes and goes, and nobody else notices. */
@ExtendWith(SharedNode.class)
class PluginIT {
  private static final String ID = "dev.slipway.example-greeting";

  private final Node node;
  private final Client client;
  private Map<String, String> headers = Map.of();

  PluginIT(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client().asProgram();
  }

  @Test
  void pluginLivesBesideUndisturbedRequests() throws Exception {
    headers = client.headers();
    var apps = Load.on(node.url() + "/api/apps", headers);
    var health = Load.on(node.url() + "/health/live", Map.of());
    assertThat(greetings().status()).isEqualTo(404);

    var first = jar();
    client.run("plugin", "install", first.toString(), "--enable").ok();
    assertThat(state()).isEqualTo("active 0.1.0");
    assertThat(greet("Ada").status()).isEqualTo(201);
    assertThat(greetings().text()).startsWith("HTTP/1.1 200").contains("Hello").contains("Ada");

    var own = Load.on(node.url() + "/api/plugins/" + ID + "/greetings", headers);
    own.awaitMore(10);
    client
        .run("plugin", "update", PluginJars.reversioned(first, "0.2.0", node.folder()).toString())
        .ok();
    assertThat(state()).isEqualTo("active 0.2.0");
    own.endsWithoutFailure();
    assertThat(greetings().text()).contains("Ada");

    client.run("plugin", "disable", ID).ok();
    assertThat(greetings().status()).isEqualTo(503);
    assertThat(greetings().text()).contains("plugin.disabled").contains(ID);
    client.run("plugin", "enable", ID).ok();
    assertThat(greetings().text()).startsWith("HTTP/1.1 200").contains("Ada");

    client.run("plugin", "remove", ID, "--purge", "--yes").ok();
    assertThat(greetings().status()).isEqualTo(404);
    assertThat(client.run("plugin", "list", "-o", "json").ok().output())
        .noneMatch(line -> line.contains(ID));
    apps.endsWithoutFailure();
    health.endsWithoutFailure();
  }

  private String state() throws Exception {
    for (var plugin : client.run("plugin", "list", "-o", "json").ok().json()) {
      if (plugin.path("id").asText().equals(ID)) {
        return plugin.path("state").asText() + " " + plugin.path("version").asText();
      }
    }
    return "absent";
  }

  private Web.Answer greetings() throws IOException {
    return Web.get(node.url() + "/api/plugins/" + ID + "/greetings", headers);
  }

  private Web.Answer greet(String name) throws IOException {
    var url = node.url() + "/api/plugins/" + ID + "/greetings";
    return Web.send("POST", url, headers, "{\"name\":\"" + name + "\"}");
  }

  private static Path jar() throws IOException {
    try (var plugins = Files.list(Program.HOME.resolve("plugins"))) {
      return plugins
          .filter(file -> file.getFileName().toString().contains("example-greeting"))
          .findFirst()
          .orElseThrow();
    }
  }
}
