package dev.slipway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  private String scraped(String accept) throws IOException {
    var out = new ByteArrayOutputStream();
    metrics.write(accept, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void requestsAreCountedByOperationAndStatus() throws IOException {
    metrics.answered("apps.app.read", 200, Duration.ofMillis(2).toNanos());
    metrics.answered("apps.app.read", 200, Duration.ofMillis(200).toNanos());
    metrics.answered("apps.app.read", 404, Duration.ofMillis(1).toNanos());
    assertThat(scraped(null))
        .contains("slipway_http_requests_total{op=\"apps.app.read\",status=\"200\"} 2.0")
        .contains("slipway_http_requests_total{op=\"apps.app.read\",status=\"404\"} 1.0")
        .contains("slipway_http_request_seconds_bucket{op=\"apps.app.read\",le=\"0.005\"} 2")
        .contains("slipway_http_request_seconds_count{op=\"apps.app.read\"} 3");
  }

  @Test
  void streamsAreCountedWhileTheyAreOpen() throws IOException {
    metrics.stream(1);
    metrics.stream(1);
    metrics.stream(-1);
    assertThat(scraped(null)).contains("slipway_http_streams 1.0");
  }

  @Test
  void scrapersGetTheFormatTheyAskFor() throws IOException {
    var open = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    assertThat(metrics.contentType(open)).startsWith("application/openmetrics-text");
    assertThat(scraped(open)).endsWith("# EOF\n");
    assertThat(metrics.contentType("*/*")).startsWith("text/plain");
    assertThat(metrics.contentType(null)).startsWith("text/plain");
    assertThat(metrics.contentType("nonsense")).startsWith("text/plain");
  }

  @Test
  void theMachineIsMeasuredToo() throws IOException {
    assertThat(scraped(null)).contains("jvm_memory_used_bytes");
  }
}
