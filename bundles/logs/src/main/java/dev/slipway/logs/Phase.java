package dev.slipway.logs;

/** What was going on when a line was printed. */
public enum Phase {
  BUILD,
  DEPLOY,
  RUNTIME
}
