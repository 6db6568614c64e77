package dev.slipway.deployments.store.settings;

/** What a new deployment does to those of the same app that are not over. */
public enum Concurrency {
  /** It waits for its turn behind them. */
  QUEUE,
  /** It takes the place of those that wait, and ends the one that is built. */
  CANCEL_PREVIOUS
}
