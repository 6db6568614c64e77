package dev.slipway.billing.store;

/** Where credits lie. */
public enum CreditPool {
  SUBSCRIPTION,
  PURCHASED
}
