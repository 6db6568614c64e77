package dev.slipway.accounts.service.registration;

import org.jspecify.annotations.Nullable;

/**
 * What somebody signs up with, as sent.
 *
 * @param invitationToken joins the inviting tenant too
 */
public record Registration(
    String email, String password, String displayName, @Nullable String invitationToken) {

  @Override
  public String toString() {
    return "Registration[…]";
  }
}
