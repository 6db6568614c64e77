package dev.slipway.activity.resource;

import dev.slipway.activity.Operations;
import dev.slipway.activity.service.OperationService;
import dev.slipway.activity.store.OperationStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over operations. */
class ExamplesIT {
  static TestPlatform platform;
  static OperationService service;
  static final UUID TENANT = Ids.next();

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    var db = platform.database("activity", OperationService.class.getClassLoader());
    service = new OperationService(db, new OperationStore(db), platform.events());
    platform.register(new OperationResource(service));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    var draft =
        new Operations.Draft(
            "deploy",
            "app",
            Ids.next(),
            null,
            List.of("clone", "build", "start"),
            Ids.next(),
            Map.of());
    var operation = service.start(Scope.tenant(TENANT), draft);
    return platform.examples(TENANT, "activity").object("/api/operations/{id}", operation).tests();
  }
}
