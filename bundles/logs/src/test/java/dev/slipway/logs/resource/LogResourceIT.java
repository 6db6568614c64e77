package dev.slipway.logs.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.fleet.LogEntry;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.LogsPlatform;
import dev.slipway.testkit.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live log over HTTP. */
class LogResourceIT {
  static final ObjectMapper JSON = new ObjectMapper();
  static LogsPlatform feature;
  static int made;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  UUID app;
  String path;

  @BeforeAll
  static void start() {
    feature = new LogsPlatform();
    feature.platform.register(new LogResource(feature.service));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void makeApp() {
    app = feature.app(tenant, "web-" + ++made);
    path = "/api/apps/" + app + "/logs/stream";
  }

  void print(String level, String container, String message) {
    var fields = Map.of("container_name", container);
    var at = Instant.parse("2026-02-03T04:05:06Z");
    feature.intake.onLogs(
        Ids.next(), tenant, List.of(new LogEntry(at, "app", level, message, fields, app, null)));
    feature.intake.onIdle();
  }

  /** The next events of a stream, each as its id, name and data. */
  private static List<String[]> events(BufferedReader lines, int count) throws IOException {
    var events = new ArrayList<String[]>();
    var event = new String[3];
    while (events.size() < count) {
      var line = lines.readLine();
      assertThat(line).as("the stream goes on").isNotNull();
      if (line.startsWith("id: ")) {
        event[0] = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event[1] = line.substring(7);
      } else if (line.startsWith("data: ")) {
        event[2] = line.substring(6);
        events.add(event);
        event = new String[3];
      }
    }
    return events;
  }

  private List<String> messages(TestClient client, String query, int count) throws IOException {
    try (var lines = client.stream(path + query)) {
      var found = new ArrayList<String>();
      for (var event : events(lines, count)) {
        found.add(JSON.readTree(event[2]).path("message").asText());
      }
      return found;
    }
  }

  @Test
  void linesAreFrames() throws IOException {
    print("warn", "web", "hello");
    try (var lines = member.stream(path)) {
      var event = events(lines, 1).getFirst();
      assertThat(event[1]).isEqualTo("log");
      var line = JSON.readTree(event[2]);
      assertThat(event[0]).isEqualTo(line.path("sequence").asText());
      assertThat(line.path("level").asText()).isEqualTo("warn");
      assertThat(line.path("observed_at").asText()).isEqualTo("2026-02-03T04:05:06Z");
      assertThat(line.path("container").asText()).isEqualTo("web");
      assertThat(line.path("app_id").asText()).isEqualTo(app.toString());
    }
  }

  @Test
  void newLinesFollowTheNewestOld() throws IOException {
    print("info", "web", "one");
    print("info", "web", "two");
    print("info", "web", "three");
    assertThat(messages(member, "?tail=2", 2)).containsExactly("two", "three");
    try (var lines = member.stream(path + "?tail=0")) {
      print("info", "web", "four");
      assertThat(events(lines, 1).getFirst()[2]).contains("four");
      print("info", "web", "five");
      assertThat(events(lines, 1).getFirst()[2]).contains("five");
    }
  }

  @Test
  void aStreamGoesOnBehindTheLastEvent() throws IOException {
    print("info", "web", "one");
    String last;
    try (var lines = member.stream(path)) {
      last = events(lines, 1).getFirst()[0];
    }
    print("info", "web", "two");
    print("info", "web", "three");
    // The tail is for those who come without a place.
    assertThat(messages(member.with("Last-Event-ID", last), "?tail=1", 2))
        .containsExactly("two", "three");
  }

  @Test
  void linesAreSelected() throws IOException {
    print("info", "web", "one");
    print("error", "web", "two");
    print("fatal", "job", "three");
    assertThat(messages(member, "?level=error,fatal", 2)).containsExactly("two", "three");
    assertThat(messages(member, "?container=job", 1)).containsExactly("three");
    assertThat(messages(member, "?level=error&tail=1", 1)).containsExactly("two");
    assertThat(messages(member, "?since=2026-01-01T00:00:00Z", 3)).hasSize(3);
    assertThat(member.get(path + "?level=loud").fields()).containsExactly("level");
    assertThat(member.get(path + "?tail=2001").fields()).containsExactly("tail");
    assertThat(member.get(path + "?since=yesterday").fields()).containsExactly("since");
  }

  @Test
  void linesOfOneProcessAreSelected() throws IOException {
    print("info", "shop-1", "of the web");
    var fields = Map.of("container_name", "shop-1-worker-1", "process", "worker");
    var at = Instant.parse("2026-02-03T04:05:06Z");
    var line = new LogEntry(at, "app", "info", "of the worker", fields, app, null);
    feature.intake.onLogs(Ids.next(), tenant, List.of(line));
    feature.intake.onIdle();
    assertThat(messages(member, "?process=worker", 1)).containsExactly("of the worker");
    try (var lines = member.stream(path + "?process=worker")) {
      var event = JSON.readTree(events(lines, 1).getFirst()[2]);
      assertThat(event.at("/attributes/process").asText()).isEqualTo("worker");
    }
    assertThat(member.get(path + "?process=" + "x".repeat(64)).fields()).containsExactly("process");
  }

  @Test
  void anotherTenantHearsNothing() {
    print("info", "web", "mine");
    var stranger = feature.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(feature.platform.anonymous().get(path).status()).isEqualTo(401);
    assertThat(feature.service.page(Scope.tenant(tenant), app, null, 0, 10))
        .extracting(LogLine::message)
        .isEmpty();
  }
}
