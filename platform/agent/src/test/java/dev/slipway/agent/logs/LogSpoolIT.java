package dev.slipway.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.proto.agent.v1.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpoolIT {
  private static final long PLENTY = 64 << 20;

  @TempDir Path folder;

  private LogSpool open(long bytes) throws IOException {
    return new LogSpool(folder.resolve("spool"), bytes);
  }

  private static LogEntry entry(int number) {
    return LogEntry.newBuilder().setTimestampNs(number).setMessage("line " + number).build();
  }

  private static List<Long> numbers(List<LogEntry> entries) {
    return entries.stream().map(LogEntry::getTimestampNs).toList();
  }

  private static List<Long> drain(LogSpool spool) throws IOException {
    var all = new ArrayList<Long>();
    for (var batch = spool.peek(); !batch.isEmpty(); batch = spool.peek()) {
      all.addAll(numbers(batch));
      spool.confirm();
    }
    return all;
  }

  @Test
  void sameBatchUntilItIsConfirmed() throws Exception {
    var spool = open(PLENTY);
    for (int i = 0; i < 150; i++) {
      spool.append(entry(i));
    }
    assertThat(spool.peek()).hasSize(100);
    assertThat(numbers(spool.peek())).first().isEqualTo(0L);
    spool.confirm();
    assertThat(numbers(spool.peek())).hasSize(50).first().isEqualTo(100L);
    spool.confirm();
    assertThat(spool.peek()).isEmpty();
    spool.append(entry(150));
    assertThat(numbers(spool.peek())).containsExactly(150L);
  }

  @Test
  void nothingIsLostOverARestart() throws Exception {
    var spool = open(PLENTY);
    for (int i = 0; i < 120; i++) {
      spool.append(entry(i));
    }
    spool.peek();
    spool.confirm();
    var next = open(PLENTY);
    next.append(entry(120));
    var rest = drain(next);
    assertThat(rest).hasSize(21).first().isEqualTo(100L);
    assertThat(rest).last().isEqualTo(120L);
  }

  @Test
  void halfAnEntryAfterACrashIsPassedOver() throws Exception {
    open(PLENTY).append(entry(1));
    try (var files = Files.newDirectoryStream(folder.resolve("spool"), "*.segment")) {
      for (var file : files) {
        Files.write(file, new byte[] {50, 1, 2, 3}, StandardOpenOption.APPEND);
      }
    }
    var next = open(PLENTY);
    next.append(entry(2));
    assertThat(drain(next)).containsExactly(1L, 2L);
  }

  @Test
  void aFullDiskCostsTheLinesThatDidNotFitAlone() throws Exception {
    var spool = open(PLENTY);
    spool.append(entry(1));
    spool = open(PLENTY);
    // Each write to this device fails as on a full disk, for whoever it is.
    var full = folder.resolve("spool/0000000000000002.segment");
    Files.createSymbolicLink(full, Path.of("/dev/full"));
    spool.append(entry(2));
    Files.delete(full);
    assertThat(spool.state().dropped()).isEqualTo(1);
    assertThat(spool.state().faults()).isEqualTo(1);
    spool.append(entry(3));
    assertThat(spool.state().faults()).isEqualTo(1);
    assertThat(drain(spool)).containsExactly(1L, 3L);
  }

  @Test
  void oldestAreDroppedAndCountedWhenFull() throws Exception {
    var spool = open(3 << 20);
    var text = "x".repeat(10_000);
    for (int i = 0; i < 600; i++) {
      spool.append(LogEntry.newBuilder().setTimestampNs(i).setMessage(text).build());
    }
    var state = spool.state();
    assertThat(state.bytes()).isLessThanOrEqualTo(3 << 20);
    var left = drain(spool);
    assertThat(left).last().isEqualTo(599L);
    assertThat(left.size() + state.dropped()).isEqualTo(600);
  }
}
