package dev.slipway.fleet;

import java.util.Set;

/** Where a command stands, and the only place that says which step may follow which. */
public enum CommandStatus {
  /** Waits for the agent's stream. */
  PENDING,
  /** Written to the agent's stream; whether it arrived is not known yet. */
  DISPATCHED,
  /** The agent has acknowledged it or reported progress. */
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED,
  /** Its deadline passed before the agent reported an end. */
  EXPIRED;

  /** Whether nothing can follow. */
  public boolean isFinal() {
    return compareTo(COMPLETED) >= 0;
  }

  /** Whether the agent may be at work on it. */
  public boolean isInFlight() {
    return this == DISPATCHED || this == RUNNING;
  }

  /**
   * What may follow. Back to pending goes only a command that is harmless twice, after a lost
   * connection.
   */
  public Set<CommandStatus> next() {
    return switch (this) {
      case PENDING -> Set.of(DISPATCHED, FAILED, CANCELLED, EXPIRED);
      case DISPATCHED -> Set.of(RUNNING, PENDING, COMPLETED, FAILED, CANCELLED, EXPIRED);
      case RUNNING -> Set.of(PENDING, COMPLETED, FAILED, CANCELLED, EXPIRED);
      case COMPLETED, FAILED, CANCELLED, EXPIRED -> Set.of();
    };
  }

  /** Whether this step is allowed. */
  public boolean mayBecome(CommandStatus wanted) {
    return next().contains(wanted);
  }
}
