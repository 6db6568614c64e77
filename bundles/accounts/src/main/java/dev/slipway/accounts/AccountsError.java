package dev.slipway.accounts;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of this feature. */
public enum AccountsError implements ErrorCode {
  /** Says no more than that, so that it confirms no address. */
  REGISTRATION_REFUSED(
      "accounts.user.registration-refused",
      ErrorKind.CONFLICT,
      "No account can be made with these details. If you already have one, sign in instead."),
  WRONG_CREDENTIALS(
      "accounts.session.wrong-credentials",
      ErrorKind.UNAUTHENTICATED,
      "The e-mail address or the password is wrong."),
  LOCKED(
      "accounts.session.locked", ErrorKind.LIMITED, "Too many failed attempts. Try again later."),
  REFRESH_TOKEN_INVALID(
      "accounts.session.refresh-token-invalid",
      ErrorKind.UNAUTHENTICATED,
      "The refresh token is not valid. Sign in again.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  AccountsError(String code, ErrorKind kind, String message) {
    this.code = code;
    this.kind = kind;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }

  @Override
  public String message() {
    return message;
  }
}
