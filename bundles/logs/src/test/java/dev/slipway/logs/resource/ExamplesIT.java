package dev.slipway.logs.resource;

import dev.slipway.api.Ids;
import dev.slipway.fleet.LogEntry;
import dev.slipway.logs.LogsPlatform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over logs. */
class ExamplesIT {
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
  Stream<DynamicNode> examples() {
    var app = feature.app(TENANT, "web");
    var line =
        new LogEntry(
            Instant.parse("2026-01-01T00:00:00Z"),
            "app",
            "info",
            "listening on port 3000",
            Map.of("container_name", "web"),
            app,
            null);
    feature.intake.onLogs(Ids.next(), TENANT, List.of(line));
    feature.intake.onIdle();
    return feature.platform.examples(TENANT, "logs").object("/api/apps/{appId}", app).tests();
  }
}
