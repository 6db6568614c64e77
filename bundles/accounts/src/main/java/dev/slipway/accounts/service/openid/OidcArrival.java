package dev.slipway.accounts.service.openid;

import dev.slipway.accounts.service.SignedIn;

/** How a sign-in at the provider goes on. */
public sealed interface OidcArrival {
  /** It has opened a login. */
  record SignedInThere(SignedIn signedIn) implements OidcArrival {}

  /**
   * The account has a second factor: a code opens the login.
   *
   * @param ticket works once, for ten minutes
   */
  record CodeNeeded(String ticket) implements OidcArrival {
    @Override
    public String toString() {
      return "CodeNeeded[…]";
    }
  }
}
