package dev.slipway.fleet.wire;

import dev.slipway.fleet.AgentOutput;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.LogEntry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all it hears. */
final class Heard implements AgentOutput {
  final List<String> chunks = new CopyOnWriteArrayList<>();
  final List<LogEntry> lines = new CopyOnWriteArrayList<>();

  @Override
  public void onCommandOutput(Command command, String chunk) {
    chunks.add(chunk);
  }

  @Override
  public void onLogs(UUID serverId, UUID tenantId, List<LogEntry> entries) {
    lines.addAll(entries);
  }
}
