package dev.slipway.launcher;

import java.io.IOException;
import java.util.Optional;

/**
 * The first account: it owns the root tenant.
 *
 * @param given the password that the operator chose
 */
record Owner(String email, Optional<String> given) {

  /**
   * The password to make the account with: the given one, or on a first start a generated one, the
   * same until it was shown.
   */
  Optional<String> password(DataFolder data) throws IOException {
    if (given.isPresent() || !data.isFresh()) {
      return given;
    }
    var kept = data.firstPassword();
    if (kept.isPresent()) {
      return kept;
    }
    var password = FirstPassword.generate();
    data.keepFirstPassword(password);
    return Optional.of(password);
  }

  @Override
  public String toString() {
    return "Owner[" + email + "]";
  }
}
