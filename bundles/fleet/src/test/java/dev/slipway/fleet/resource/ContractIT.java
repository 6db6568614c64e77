package dev.slipway.fleet.resource;

import dev.slipway.fleet.service.TestFleet;
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
    return fleet
        .platform
        .contract(fleet.tenant)
        .object("/api/servers/{id}", server)
        .features("fleet")
        .tests();
  }
}
