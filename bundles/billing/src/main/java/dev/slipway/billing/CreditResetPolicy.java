package dev.slipway.billing;

/** What becomes of unused monthly credits. */
public enum CreditResetPolicy {
  /** Each month starts anew. */
  RESET,
  /** They add up. */
  ACCRUE
}
