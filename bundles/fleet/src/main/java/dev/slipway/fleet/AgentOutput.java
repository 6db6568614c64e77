package dev.slipway.fleet;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what agents print. Each registered consumer has a bounded queue and one thread of its own,
 * so its calls come one at a time and in order; one that stays behind first slows the agents down
 * and then loses the oldest entries. An exception is logged and the entry counts as heard.
 */
@ConsumerType
public interface AgentOutput {
  /**
   * Progress output of a command that runs.
   *
   * @param chunk some text, often several lines, not always whole ones; known secrets are masked
   */
  default void onCommandOutput(Command command, String chunk) {}

  /** Log lines of a server's agent and containers; entries can arrive twice. */
  default void onLogs(UUID serverId, UUID tenantId, List<LogEntry> entries) {}

  /** Nothing more waits at the moment: whoever gathers what it hears should now be done with it. */
  default void onIdle() {}
}
