package dev.slipway.apps;

/** Where an environment stands. */
public enum EnvironmentStatus {
  /** Nothing was deployed to it. */
  IDLE,
  /** A deployment is under way; an older one may still serve. */
  DEPLOYING,
  RUNNING,
  /** Serves, but not as it should. */
  DEGRADED,
  FAILED,
  STOPPED
}
