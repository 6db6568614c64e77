package dev.slipway.fleet.wire;

import dev.slipway.fleet.LogEntry;
import dev.slipway.proto.agent.v1.LogBatch;
import java.time.Instant;
import java.util.ArrayList;
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
    var entries = new ArrayList<LogEntry>(Math.min(batch.getEntriesCount(), MOST_ENTRIES));
    Map<String, String> sent = Map.of();
    Map<String, String> fields = Map.of();
    for (var raw :
        batch.getEntriesList().subList(0, Math.min(batch.getEntriesCount(), MOST_ENTRIES))) {
      if (!raw.getFieldsMap().equals(sent)) {
        // Lines of one container mostly share them.
        sent = raw.getFieldsMap();
        fields = fields(sent);
      }
      entries.add(entry(raw, fields));
    }
    return entries;
  }

  private Map<String, String> fields(Map<String, String> sent) {
    var fields = new LinkedHashMap<String, String>();
    sent.entrySet().stream().limit(MOST_FIELDS).forEach(field -> put(fields, field));
    return Map.copyOf(fields);
  }

  private LogEntry entry(dev.slipway.proto.agent.v1.LogEntry raw, Map<String, String> fields) {
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
