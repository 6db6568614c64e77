package dev.slipway.console;

import dev.slipway.api.Ids;
import dev.slipway.console.resource.ConsoleResource;
import dev.slipway.console.service.Frames;
import dev.slipway.testkit.TestPlatform;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over the console. */
class ExamplesIT {
  static TestPlatform platform;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(new ConsoleResource(new Frames()));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    return platform.examples(Ids.next(), "console").tests();
  }
}
