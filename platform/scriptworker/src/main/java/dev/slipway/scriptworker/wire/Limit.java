package dev.slipway.scriptworker.wire;

/** What a script can have too much of. */
public enum Limit {
  CPU,
  WALL,
  MEMORY,
  STACK,
  OUTPUT,
  /** Calls of the host. */
  CALLS
}
