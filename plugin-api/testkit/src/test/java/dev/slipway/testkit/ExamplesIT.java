package dev.slipway.testkit;

import dev.slipway.api.Ids;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over the platform's own operations. */
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("../../platform/http/src/main/resources/examples");

  static TestPlatform platform;

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    return platform.examples(Ids.next(), "platform").folder(EXAMPLES).tests();
  }
}
