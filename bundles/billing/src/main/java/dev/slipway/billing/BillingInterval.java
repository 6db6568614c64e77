package dev.slipway.billing;

/** How often a subscription is paid. */
public enum BillingInterval {
  MONTH,
  YEAR
}
