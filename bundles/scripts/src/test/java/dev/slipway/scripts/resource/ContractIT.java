package dev.slipway.scripts.resource;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.scripts.service.ScriptsPlatform;
import dev.slipway.testkit.contract.Callers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises. */
class ContractIT {
  static final String SOURCE = "export default () => ({ outcome: 'done' })";
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
  Stream<DynamicNode> contract() {
    var admin = feature.admin();
    var script = feature.script(admin, "kept", "remediation.action", SOURCE);
    var ran = admin.post("/api/scripts/" + script + "/run", Map.of());
    var owner = feature.platform.as(new Membership(feature.tenant, Role.OWNER, true));
    feature.people.seat(owner.userId(), feature.tenant);
    var callers =
        new Callers(
            feature.platform.anonymous(),
            owner,
            feature.platform.as(Ids.next(), Role.OWNER),
            feature.platform.as(feature.tenant, Role.USER));
    return feature
        .platform
        .contract(callers)
        .object("/api/scripts/{id}", script)
        .object("/api/scripts/{id}/versions/{version}", 1)
        .object("/api/script-executions/{id}", ran.at("/execution/id"))
        .body(
            "scripts.script.create",
            Map.of("name", "another", "hook", "remediation.action", "source", SOURCE))
        .body("scripts.script.validate", Map.of("hook", "schedule", "source", SOURCE))
        .body("scripts.settings.update", Map.of("fetch_hosts", List.of("example.com")))
        .features("scripts")
        .tests();
  }
}
