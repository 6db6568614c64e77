package dev.slipway.deployments.store;

/** Where a step stands. */
public enum StepStatus {
  PENDING,
  RUNNING,
  /** The agent's connection was lost; a look at the server decides. */
  PROBING,
  SUCCEEDED,
  /** It failed, and the work goes on without it. */
  PASSED,
  FAILED;

  /** Whether a command is out for it. */
  public boolean isOpen() {
    return this == RUNNING || this == PROBING;
  }
}
