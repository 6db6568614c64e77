package dev.slipway.deployments;

/** Whether somebody must agree to a deployment before it starts. */
public enum ApprovalState {
  /** Nobody has to. */
  NONE,
  PENDING,
  APPROVED,
  REJECTED
}
