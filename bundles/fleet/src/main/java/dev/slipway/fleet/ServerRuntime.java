package dev.slipway.fleet;

/** What runs apps on a server. */
public enum ServerRuntime {
  DOCKER,
  /** Plain processes; images can not be run. */
  PROCESS,
  /** The agent has not said yet. */
  UNKNOWN
}
