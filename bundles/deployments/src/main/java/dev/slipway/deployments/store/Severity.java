package dev.slipway.deployments.store;

/** How much a finding matters. */
public enum Severity {
  INFO,
  WARNING,
  ERROR,
  CRITICAL
}
