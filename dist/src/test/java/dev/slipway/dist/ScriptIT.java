package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A script in the distribution: its own worker, functions of several features, real effects. */
@ExtendWith(SharedNode.class)
class ScriptIT {
  private static final String NOTIFY =
      """
      export default async function (event, api) {
        const { recipients } = await api.notify({ title: 'from a script', body: event.reason.name });
        try {
          await api.actions.restart(event.subject.id);
        } catch (e) {
          api.log.warn(e.code);
        }
        return { outcome: 'done', message: `${recipients}` };
      }
      """;

  private final TestClient owner;

  ScriptIT(SharedNode.Running shared) throws Exception {
    var client = TestClient.at(URI.create(shared.node().url()));
    for (var header : shared.client().headers().entrySet()) {
      client = client.with(header.getKey(), header.getValue());
    }
    owner = client;
  }

  @Test
  void isSavedRunAndRecorded() {
    var hooks = owner.get("/api/script-hooks");
    assertThat(hooks.json().path("apis").findValuesAsText("name"))
        .contains(
            "actions.deploy",
            "actions.restart",
            "actions.rollback",
            "actions.scale",
            "fetch",
            "notify");
    var saved =
        owner.post(
            "/api/scripts",
            Map.of("name", "notifier", "hook", "remediation.action", "source", NOTIFY));
    assertThat(saved.status()).as(saved.text()).isEqualTo(201);
    var path = "/api/scripts/" + saved.at("/script/id");

    var ran = owner.post(path + "/run", Map.of("dry_run", false));
    assertThat(ran.status()).as(ran.text()).isEqualTo(200);
    assertThat(ran.at("/execution/result/message")).isEqualTo("1");
    assertThat(ran.at("/execution/effects/0/outcome")).isEqualTo("done");
    assertThat(ran.at("/execution/effects/1/outcome")).startsWith("refused");
    assertThat(ran.at("/execution/logs/0/message")).isEqualTo("apps.app.not-found");
    assertThat(owner.get("/api/messages").text()).contains("from a script");

    var endless =
        owner.post(
            "/api/scripts",
            Map.of(
                "name",
                "endless",
                "hook",
                "remediation.action",
                "timeout_ms",
                300,
                "source",
                "export default () => { for (;;) {} }"));
    var ended = owner.post("/api/scripts/" + endless.at("/script/id") + "/run", Map.of());
    assertThat(ended.status()).isEqualTo(422);
    assertThat(ended.at("/execution/limit")).isIn("cpu", "wall");
  }
}
