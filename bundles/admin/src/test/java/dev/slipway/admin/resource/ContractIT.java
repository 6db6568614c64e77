package dev.slipway.admin.resource;

import dev.slipway.admin.service.ConfigDraft;
import dev.slipway.api.spi.ConfigVariable;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over those that need no other feature. */
class ContractIT {
  static TestAdmin feature;

  @BeforeAll
  static void start() {
    feature = new TestAdmin();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() throws Exception {
    var draft = new ConfigDraft("greeting", ConfigVariable.Type.STRING, "hello", null, null);
    feature.configs.create(draft);
    return feature
        .platform
        .contract(feature.root)
        .object("/api/admin/config/{name}", "greeting")
        .body("admin.config.create", Map.of("name", "b", "type", "string", "value", "c"))
        .features("admin")
        .tests();
  }
}
