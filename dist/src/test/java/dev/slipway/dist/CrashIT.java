package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A part of the platform dies without warning while deployments are at different steps: one has
 * just been asked for, one is being built, one waits for its new version's health. All come to an
 * end, what served before serves on, and no webhook in line is lost.
 */
@Order(Integer.MIN_VALUE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {
  private static final Set<String> UNDER_WAY =
      Set.of("pending", "queued", "cloning", "building", "deploying", "health_checking");

  private Deliveries webhooks;
  private Node node;
  private Client client;
  private String steady;

  @BeforeAll
  void start() throws Exception {
    webhooks = new Deliveries();
    node = Node.quiet().with("SLIPWAY_EGRESS_ALLOW", webhooks.endpoint());
    node.start("--agent", "process");
    client = new Client(node);
    client.login(Node.EMAIL, Node.PASSWORD);
    steady = client.deploy(Sample.of(node, "steady").folder()).ok().lastLine().path("url").asText();
  }

  @AfterAll
  void stop() throws Exception {
    node.close();
    webhooks.close();
  }

  @Test
  void platformDies() throws Exception {
    var work = new Work("platform");
    webhooks.queue(node, client);
    webhooks.awaitMiddle();
    node.program().kill();
    assertThat(Web.get(steady).status()).as("apps outlive the platform").isEqualTo(200);
    work.open();
    node.start("--agent", "process");
    Deliveries.passTime(node);
    work.ends();
    webhooks.awaitAll(node);
  }

  @Test
  void agentDies() throws Exception {
    var work = new Work("agent");
    node.agent().destroyForcibly();
    work.open();
    work.ends();
  }

  @Test
  void databaseDies() throws Exception {
    var work = new Work("database");
    node.database().destroyForcibly();
    work.open();
    work.ends();
  }

  private JsonNode deployment(String id) throws IOException {
    var answer = Web.get(node.url() + "/api/deployments/" + id, client.headers());
    if (answer.status() != 200) {
      // Right after a crash this is 503, and the caller asks again.
      throw new IOException(answer.text());
    }
    return answer.json().path("deployment");
  }

  /** Deployments that wait at a gate, each at its step. */
  private final class Work {
    private final Path gate;
    private final Map<String, String> deployments = new LinkedHashMap<>();

    Work(String name) throws Exception {
      gate = node.folder().resolve("gate-" + name);
      var closed = "until [ -e " + gate + " ]; do sleep 0.1; done";
      begin(name + "-build", Sample.of(node, name + "-build").build(closed), "building");
      begin("steady", Sample.of(node, "steady").version(name).build(closed), "building");
      var mute = Sample.of(node, name + "-health").startAfter(closed);
      begin(name + "-health", mute, "health_checking");
      begin(name + "-fresh", Sample.of(node, name + "-fresh"), null);
    }

    /** Asks for a deployment and waits until it is at the step, where one is given. */
    private void begin(String app, Sample sample, @Nullable String step) throws Exception {
      var asked = client.run("deploy", sample.folder().toString(), "-o", "json").ok().lastLine();
      var id = asked.path("deployment").asText();
      deployments.put(id, app);
      if (step != null) {
        Await.until(
            app + " is " + step,
            () -> {
              var status = deployment(id).path("status").asText();
              assertThat(UNDER_WAY).as(app).contains(status);
              return status.equals(step);
            });
      }
    }

    void open() throws IOException {
      Files.createFile(gate);
    }

    /** Every deployment ends; an app answers with what is live, the old one where it failed. */
    void ends() throws Exception {
      for (var id : deployments.keySet()) {
        Await.until(
            deployments.get(id) + " ends",
            () -> !UNDER_WAY.contains(deployment(id).path("status").asText()));
        check(deployments.get(id), deployment(id));
      }
      Await.until("what served before serves", () -> Web.get(steady).status() == 200);
    }

    private void check(String app, JsonNode ended) throws Exception {
      switch (ended.path("status").asText()) {
        case "live" -> {
          var url = ended.path("preview_url").asText();
          Await.until(app + " answers", () -> Web.get(url).status() == 200);
        }
        case "failed" -> assertThat(ended.path("error_message").asText()).as(app).isNotBlank();
        default -> assertThat(ended).as(app).isEqualTo("live or failed");
      }
    }
  }
}
