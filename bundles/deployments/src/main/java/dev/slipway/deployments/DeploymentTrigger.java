package dev.slipway.deployments;

/** Why there is a deployment. */
public enum DeploymentTrigger {
  /** Somebody asked for it. */
  MANUAL,
  PUSH,
  HOOK,
  TOKEN,
  /** An earlier version is brought back. */
  ROLLBACK,
  PROMOTION,
  REMEDIATION,
  CI
}
