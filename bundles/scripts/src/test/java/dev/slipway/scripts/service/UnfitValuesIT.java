package dev.slipway.scripts.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are JSON and yet more than can be read, or written inside of others. */
class UnfitValuesIT {
  static ScriptsPlatform feature;

  @BeforeAll
  static void start() {
    feature = new ScriptsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  private final UUID tenant = Ids.next();
  private final TestClient admin = feature.admin(tenant);

  private UUID returning(String expression) {
    return feature.script(
        admin,
        Map.of(
            "name",
            "returning",
            "hook",
            "schedule",
            "filter",
            Map.of("cron", "0 4 * * *"),
            "source",
            """
            export default async (event, api) => {
              api.log('about to note');
              await api.notes.add('made');
              return %s;
            }
            """
                .formatted(expression)));
  }

  private JsonNode executions(UUID script) {
    return admin.get("/api/scripts/" + script + "/executions").json().path("executions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ ['n'.repeat(60000)]: 1 }",
        "[...Array(900)].reduce(deep => [deep], [])",
        "JSON.parse('['.repeat(300) + ']'.repeat(300))"
      })
  void aResultThatCanNotBeKeptIsAFailureThatIsKept(String expression) {
    var id = returning(expression);
    var answer = admin.post("/api/scripts/" + id + "/run", Map.of("dry_run", false));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    var kept = admin.get("/api/script-executions/" + answer.at("/execution/id"));
    assertThat(kept.at("/execution/status")).isEqualTo("failed");
    assertThat(kept.at("/execution/error/message")).contains("can not be kept as JSON");
    assertThat(kept.at("/execution/effects/0/outcome")).isEqualTo("done");
    assertThat(kept.at("/execution/logs/0/message")).isEqualTo("about to note");
  }

  @Test
  void aQueuedRunOfSuchAScriptIsSettled() {
    var id = returning("{ ['n'.repeat(60000)]: 1 }");
    var script = feature.attachments.find(tenant, id).orElseThrow();
    feature.database.run(
        Scope.tenant(tenant),
        () ->
            feature.queue.add(
                script,
                feature.registry.require("schedule").sample(),
                new ScriptTrigger("schedule", "once")));
    feature.runQueued();
    assertThat(executions(id)).hasSize(1);
    assertThat(executions(id).get(0).path("status").asText()).isEqualTo("failed");
  }

  @Test
  void argumentsThatCanNotBeReadAreRefusedByTheirCode() {
    var id =
        feature.script(
            admin,
            "calling",
            "remediation.action",
            """
            export default async (event, api) => {
              try {
                await api.notes.add({ ['n'.repeat(60000)]: 1 });
              } catch (e) {
                return { outcome: 'done', message: e.code };
              }
            }
            """);
    var answer = admin.post("/api/scripts/" + id + "/run", Map.of());
    assertThat(answer.at("/execution/result/message"))
        .as(answer.text())
        .isEqualTo("script.arguments-unfit");
  }

  @Test
  void anEventThatIsNestedTooDeepIsRefused() {
    var id = returning("1");
    var body = "{\"event\":{\"a\":" + "[".repeat(990) + "]".repeat(990) + "}}";
    var answer =
        admin.send(
            "POST",
            "/api/scripts/" + id + "/run",
            body.getBytes(StandardCharsets.UTF_8),
            "application/json");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.fields()).contains("event");
  }

  private UUID receiver() {
    return feature.script(
        admin,
        "receiver",
        "webhook.receive",
        "export default (event) => { if (typeof event.body === 'string') throw new Error('a text') }");
  }

  private int post(UUID script, String messageId, String body) {
    var path = URI.create(admin.get("/api/scripts/" + script).at("/script/receive_url")).getPath();
    var anyone = feature.platform.anonymous();
    var client = messageId == null ? anyone : anyone.with("webhook-id", messageId);
    return client
        .send("POST", path, body.getBytes(StandardCharsets.UTF_8), "application/json")
        .status();
  }

  @Test
  void aReceivedBodyThatIsNestedTooDeepStaysText() {
    var id = receiver();
    assertThat(post(id, null, "[".repeat(1000) + "]".repeat(1000))).isEqualTo(202);
    feature.runQueued();
    assertThat(executions(id).get(0).at("/error/message").asText()).contains("a text");
  }

  @Test
  void aMessageIdThatIsTooLongForAnIndexStillTellsRepetitions() {
    var id = receiver();
    var long1 = new StringBuilder();
    var random = new java.util.SplittableRandom(7);
    while (long1.length() < 6000) {
      long1.append(Long.toHexString(random.nextLong()));
    }
    assertThat(post(id, long1.toString(), "{}")).isEqualTo(202);
    assertThat(post(id, long1.toString(), "{}")).isEqualTo(202);
    assertThat(post(id, long1 + "2", "{}")).isEqualTo(202);
    feature.runQueued();
    assertThat(executions(id)).hasSize(2);
    assertThat(executions(id).get(0).at("/trigger/id").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void anEmptyMessageIdIsNone() {
    var id = receiver();
    assertThat(post(id, "", "{}")).isEqualTo(202);
    assertThat(post(id, "", "{}")).isEqualTo(202);
    feature.runQueued();
    assertThat(executions(id)).hasSize(2);
  }
}
