package com.example.greeting;

import dev.slipway.api.Ids;
import dev.slipway.testkit.TestPlatform;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, which stand in {@code examples/example-greeting.json}. */
class ExamplesIT {
  static final UUID TENANT = Ids.next();
  static TestPlatform platform;
  static GreetingStore store;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    var database = platform.database("example-greeting", ExamplesIT.class.getClassLoader());
    store = new GreetingStore(database, platform.events(), GreetingIT.SETTINGS, new Wording());
    platform.register(new GreetingResource(store));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    store.greet(TENANT, "World");
    return platform.examples(TENANT, "example-greeting").tests();
  }
}
