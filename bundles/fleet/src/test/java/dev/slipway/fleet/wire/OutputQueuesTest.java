package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.AgentOutput;
import dev.slipway.fleet.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputQueuesTest {
  private static final UUID ID = new UUID(0, 0);

  private static List<LogEntry> line(String text) {
    return List.of(new LogEntry(Instant.EPOCH, "agent", "info", text, Map.of(), null, null));
  }

  private static List<String> texts(Heard heard) {
    return heard.lines.stream().map(LogEntry::message).toList();
  }

  @Test
  void whatIsSaidWhileNobodyListensWaitsForTheNext() {
    var queues = new OutputQueues();
    var before = new Heard();
    queues.addConsumer(before);
    queues.logs(ID, ID, line("one"));
    queues.removeConsumer(before);
    queues.logs(ID, ID, line("two"));
    var after = new Heard();
    queues.addConsumer(after);
    queues.logs(ID, ID, line("three"));
    await("the next has heard it", () -> after.lines.size() == 2);
    queues.removeConsumer(after);
    assertThat(texts(before)).containsExactly("one");
    assertThat(texts(after)).containsExactly("two", "three");
  }

  @Test
  void aFailingConsumerHearsTheRest() {
    var queues = new OutputQueues();
    var heard = new Heard();
    AgentOutput failing =
        new AgentOutput() {
          @Override
          public void onLogs(UUID serverId, UUID tenantId, List<LogEntry> entries) {
            heard.onLogs(serverId, tenantId, entries);
            throw new IllegalStateException("broken on purpose");
          }
        };
    queues.addConsumer(failing);
    queues.logs(ID, ID, line("one"));
    queues.logs(ID, ID, line("two"));
    await("both are heard", () -> heard.lines.size() == 2);
    queues.removeConsumer(failing);
  }

  @Test
  void aStuckConsumerHoldsNobodyForEver() {
    var queues = new OutputQueues(1_000, Duration.ofMillis(50));
    var release = new CountDownLatch(1);
    AgentOutput stuck =
        new AgentOutput() {
          @Override
          public void onLogs(UUID serverId, UUID tenantId, List<LogEntry> entries) {
            try {
              release.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
          }
        };
    var heard = new Heard();
    queues.addConsumer(stuck);
    queues.addConsumer(heard);
    for (var number = 0; number < 200; number++) {
      queues.logs(ID, ID, line("line " + number));
    }
    await("the other hears the last", () -> texts(heard).contains("line 199"));
    release.countDown();
    queues.removeConsumer(stuck);
    queues.removeConsumer(heard);
  }
}
