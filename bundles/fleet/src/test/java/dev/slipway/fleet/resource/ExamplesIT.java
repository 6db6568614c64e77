package dev.slipway.fleet.resource;

import dev.slipway.api.Role;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.wire.PlayedAgent;
import dev.slipway.testkit.contract.Live;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over servers. */
class ExamplesIT {
  static TestFleet fleet;
  static PlayedAgent agent;
  static TestFleet.Enrolled server;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.serveRest();
    server = fleet.enrol("web-1");
    agent = new PlayedAgent(fleet.grpc.port(), server);
  }

  @AfterAll
  static void stop() throws Exception {
    agent.close();
    fleet.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    return fleet
        .platform
        .examples(fleet.tenant, "fleet")
        .object("/api/servers/{id}", server.id())
        .live("fleet.install.script", ExamplesIT::token)
        .live("fleet.install.register", ExamplesIT::token)
        .tests();
  }

  private static Live token() {
    var admin = fleet.platform.as(fleet.tenant, Role.ADMIN);
    return Live.value("token", admin.post("/api/install-tokens", Map.of()).at("/token"));
  }
}
