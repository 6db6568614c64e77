package dev.slipway.billing;

/** How a tenant's subscription stands. */
public enum BillingStatus {
  /** There never was one. */
  NONE,
  ACTIVE,
  /** The last payment failed; it is tried again. */
  PAST_DUE,
  /** It has ended. */
  CANCELED;

  /** Whether there is a subscription that costs money. */
  public boolean live() {
    return this == ACTIVE || this == PAST_DUE;
  }
}
