package dev.slipway.accounts.store;

/** What a mailed token is good for. */
public enum TokenPurpose {
  VERIFY,
  RESET
}
