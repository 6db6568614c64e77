package dev.slipway.scripts.resource;

import dev.slipway.scripts.service.ScriptsPlatform;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.Live;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over scripts. */
class ExamplesIT {
  private static final String SOURCE = "export default () => ({ outcome: 'done' })";
  static ScriptsPlatform feature;

  @BeforeAll
  static void start() {
    feature = new ScriptsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    var admin = feature.admin();
    var script = feature.script(admin, "Say done", "remediation.action", SOURCE);
    var ran = admin.post("/api/scripts/" + script + "/run", Map.of());
    return feature
        .platform
        .examples(admin, "scripts")
        .object("/api/scripts/{id}", script)
        .object("/api/scripts/{id}/versions/{version}", 1)
        .object("/api/script-executions/{id}", ran.at("/execution/id"))
        .live("scripts.script.delete", () -> Live.value("id", unused(admin)))
        .live("scripts.receiver.post", () -> posted(admin))
        .tests();
  }

  private static UUID unused(TestClient admin) {
    return feature.script(admin, "Say nothing", "remediation.action", SOURCE);
  }

  private static Live posted(TestClient admin) {
    var source = "export default () => undefined";
    var receiver = feature.script(admin, "Receive", "webhook.receive", source);
    var url = admin.get("/api/scripts/" + receiver).at("/script/receive_url");
    return Live.value("token", url.substring(url.lastIndexOf('/') + 1))
        .body("{}".getBytes(StandardCharsets.UTF_8));
  }
}
