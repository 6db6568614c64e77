package dev.slipway.fleet.wire;

import dev.slipway.fleet.LogEntry;
import dev.slipway.proto.agent.v1.LogBatch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Log batches as entries within bounds. What can not be read is mended, never refused: the agent
 * would repeat it for ever.
 */
final class LogLines {
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_FIELDS = 32;
  private static final int LONGEST_WORD = 1_024;
  private static final long NANOS = 1_000_000_000;

  private final AgentText text;

  LogLines(AgentText text) {
    this.text = text;
  }

  List<LogEntry> of(LogBatch batch) {
    return batch.getEntriesList().stream().limit(MOST_ENTRIES).map(this::entry).toList();
  }

  private LogEntry entry(dev.slipway.proto.agent.v1.LogEntry raw) {
    var fields = new LinkedHashMap<String, String>();
    raw.getFieldsMap().entrySet().stream().limit(MOST_FIELDS).forEach(field -> put(fields, field));
    return new LogEntry(
        Instant.ofEpochSecond(
            Math.floorDiv(raw.getTimestampNs(), NANOS), Math.floorMod(raw.getTimestampNs(), NANOS)),
        AgentText.word(raw.getSource(), LONGEST_WORD),
        level(raw.getLevel()),
        text.line(raw.getMessage()),
        fields,
        AgentText.id(raw.getAppId()),
        AgentText.id(raw.getDeploymentId()));
  }

  private void put(Map<String, String> fields, Map.Entry<String, String> field) {
    fields.put(
        AgentText.word(field.getKey(), LONGEST_WORD),
        text.line(AgentText.word(field.getValue(), LONGEST_WORD)));
  }

  private static String level(String level) {
    var known = level.toLowerCase(Locale.ROOT);
    return switch (known) {
      case "debug", "info", "warn", "error" -> known;
      default -> "info";
    };
  }
}
