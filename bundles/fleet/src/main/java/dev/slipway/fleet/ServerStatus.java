package dev.slipway.fleet;

/** Where a server stands. */
public enum ServerStatus {
  /** Known, its agent never seen. */
  PENDING,
  INSTALLING,
  /** Heartbeats arrive and the command stream is open. */
  ONLINE,
  /** Heartbeats arrive, the command stream is not open. */
  DEGRADED,
  OFFLINE,
  QUARANTINED,
  DEPROVISIONING,
  /** The agent refused to go; removing can be tried again. */
  CLEANUP_FAILED,
  DELETED
}
