package dev.slipway.fleet.resource;

import dev.slipway.fleet.service.TestFleet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over servers. */
class ContractIT {
  static TestFleet fleet;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.serveRest();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    var server = fleet.enrol("contract").id();
    var target = fleet.enrol("target").id();
    var app = fleet.apps.add(fleet.tenant, "contract", server);
    var member = fleet.member().userId();
    return fleet
        .platform
        .contract(fleet.tenant)
        .object("/api/servers/{id}", server)
        .object("/api/apps/{id}", app)
        .body(
            "fleet.placement-rule.create",
            Map.of("kind", "require", "target", "region", "values", List.of("eu")))
        .body("fleet.grant.set", Map.of("user_id", member.toString(), "role", "viewer"))
        .body("fleet.server.relink", Map.of("target_server_id", target.toString()))
        .features("fleet")
        .tests();
  }
}
