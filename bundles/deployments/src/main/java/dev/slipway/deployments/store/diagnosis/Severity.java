package dev.slipway.deployments.store.diagnosis;

/** How much a finding matters. */
public enum Severity {
  INFO,
  WARNING,
  ERROR,
  CRITICAL
}
