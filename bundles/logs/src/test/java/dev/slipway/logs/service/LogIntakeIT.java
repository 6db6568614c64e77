package dev.slipway.logs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.LogEntry;
import dev.slipway.logs.Level;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.LogsPlatform;
import dev.slipway.logs.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Output of agents on its way into the table. */
class LogIntakeIT {
  static LogsPlatform feature;

  final UUID tenant = Ids.next();
  final UUID server = Ids.next();
  final UUID app = Ids.next();
  final UUID deployment = Ids.next();

  @BeforeAll
  static void start() {
    feature = new LogsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  Command command(@Nullable UUID appId, String phase) {
    var now = Instant.now();
    return new Command(
        Ids.next(),
        tenant,
        server,
        CommandType.values()[0],
        CommandStatus.RUNNING,
        "deployments",
        deployment,
        appId,
        phase,
        now,
        now,
        now,
        now,
        null,
        null,
        null);
  }

  List<LogLine> stored() {
    feature.intake.onIdle();
    return feature.service.page(Scope.tenant(tenant), deployment, null, 0, 1000);
  }

  List<String> messages() {
    return stored().stream().map(LogLine::message).toList();
  }

  /** Each takes a lock of the database, which has fewer. */
  @Test
  void aBatchMayNameMoreAppsThanTheDatabaseCanLock() {
    var entries =
        IntStream.range(0, 10_000)
            .mapToObj(
                number ->
                    new LogEntry(
                        Instant.now(),
                        "app",
                        "info",
                        "line " + number,
                        Map.of(),
                        Ids.next(),
                        deployment))
            .toList();
    feature.intake.onLogs(server, tenant, entries);
    assertThat(stored()).hasSize(1_000);
    assertThat(
            feature.service.page(
                Scope.tenant(tenant), deployment, null, stored().getLast().sequence(), 1_000))
        .hasSize(1_000);
  }

  @Test
  void chunksBecomeLines() {
    var build = command(app, "build");
    feature.intake.onCommandOutput(build, "one\ntw");
    feature.intake.onCommandOutput(build, "o\r\nthree\n");
    feature.intake.onCommandOutput(build, "without a break");
    assertThat(messages()).containsExactly("one", "two", "three", "without a break");
    var line = stored().getFirst();
    assertThat(line.phase()).isEqualTo(Phase.BUILD);
    assertThat(line.serverId()).isEqualTo(server);
    assertThat(line.appId()).isEqualTo(app);
    feature.intake.onCommandOutput(command(app, "switch"), "four\n");
    assertThat(stored().getLast().phase()).isEqualTo(Phase.DEPLOY);
  }

  @Test
  void outputOfNoAppIsNoLog() {
    feature.intake.onCommandOutput(command(null, "build"), "quiet\n");
    assertThat(messages()).isEmpty();
  }

  @Test
  void longLinesAreCutBetweenCharacters() {
    var text = "x" + "\ud83d\ude80".repeat(20_000);
    feature.intake.onCommandOutput(command(app, "build"), text + "\n");
    var message = messages().getFirst();
    assertThat(message).endsWith("\ud83d\ude80...[truncated]").hasSizeLessThan(17_000);
    assertThat(message).doesNotContain("?");
  }

  @Test
  void aBatchThatComesTwiceIsStoredOnce() {
    var batch = List.of(entry("started", "INFO"), entry("odd level", "notice"));
    feature.intake.onLogs(server, tenant, batch);
    feature.intake.onLogs(server, tenant, List.copyOf(batch));
    assertThat(messages()).containsExactly("started", "odd level");
    feature.intake.onLogs(Ids.next(), tenant, batch);
    assertThat(messages()).hasSize(4);
    var line = stored().getFirst();
    assertThat(line.level()).isEqualTo(Level.INFO);
    assertThat(stored().get(1).level()).isEqualTo(Level.INFO);
    assertThat(line.phase()).isEqualTo(Phase.RUNTIME);
    assertThat(line.stream()).isEqualTo("stderr");
    assertThat(line.container()).isEqualTo("web-1");
    assertThat(line.attributes()).containsEntry("process", "web");
  }

  LogEntry entry(String message, String level) {
    return new LogEntry(
        Instant.parse("2026-01-01T00:00:00Z"),
        "app:web-1",
        level,
        message,
        Map.of("stream", "stderr", "container_name", "web-1", "process", "web"),
        app,
        deployment);
  }
}
