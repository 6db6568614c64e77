package dev.slipway.logs.resource;

import dev.slipway.api.Ids;
import dev.slipway.logs.LogsPlatform;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over logs. */
class ContractIT {
  static LogsPlatform feature;
  static final UUID TENANT = Ids.next();

  @BeforeAll
  static void start() {
    feature = new LogsPlatform();
    feature.platform.register(new LogResource(feature.service));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    return feature
        .platform
        .contract(TENANT)
        .object("/api/apps/{appId}", feature.app(TENANT, "web"))
        .features("logs")
        .tests();
  }
}
