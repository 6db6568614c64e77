package dev.slipway.deployments.store.diagnosis;

/** What a finding is about. */
public enum Category {
  BUILD,
  DEPENDENCY,
  CONFIG,
  ENV,
  RESOURCE,
  NETWORK,
  HEALTH_CHECK,
  IMAGE,
  RUNTIME,
  UNKNOWN
}
