package dev.slipway.accounts.store.credential;

/** What a token is good for. */
public enum TokenPurpose {
  VERIFY,
  RESET,
  /** Not mailed: a provider has let the user in, and the code of the second factor is missing. */
  SIGN_IN
}
