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
      "The refresh token is not valid. Sign in again."),
  SECOND_FACTOR_REQUIRED(
      "accounts.session.second-factor-required",
      ErrorKind.UNAUTHENTICATED,
      "A code of the authenticator app is required too."),
  SECOND_FACTOR_WRONG(
      "accounts.session.second-factor-wrong",
      ErrorKind.UNAUTHENTICATED,
      "The code is wrong, expired or used."),
  SESSION_NOT_FOUND("accounts.session.not-found", ErrorKind.MISSING, "There is no such login."),
  SECOND_FACTOR_EXISTS(
      "accounts.second-factor.exists", ErrorKind.CONFLICT, "A second factor is in use already."),
  SECOND_FACTOR_MISSING(
      "accounts.second-factor.missing", ErrorKind.MISSING, "No second factor has been begun."),
  TOKEN_INVALID(
      "accounts.token.invalid", ErrorKind.INVALID, "The token is unknown, used or expired."),
  RESEND_TOO_SOON(
      "accounts.verification.too-soon",
      ErrorKind.LIMITED,
      "A mail for this address was asked for less than a minute ago."),
  CURRENT_PASSWORD_WRONG(
      "accounts.password.wrong", ErrorKind.UNAUTHENTICATED, "The current password is wrong."),
  OIDC_NOT_CONFIGURED(
      "accounts.oidc.not-configured",
      ErrorKind.NOT_IMPLEMENTED,
      "Sign-in through this provider is not configured."),
  USER_NOT_FOUND("accounts.user.not-found", ErrorKind.MISSING, "There is no such user."),
  EMAIL_TAKEN(
      "accounts.user.email-taken", ErrorKind.CONFLICT, "Another user has this e-mail address."),
  OWN_ACCOUNT(
      "accounts.user.own-account", ErrorKind.FORBIDDEN, "This can not be done to your own user."),
  ROOT_OWNER_PROTECTED(
      "accounts.user.root-owner",
      ErrorKind.FORBIDDEN,
      "The owner of the root tenant is protected from this."),
  OWNERSHIP_UNSETTLED(
      "accounts.user.ownership-unsettled",
      ErrorKind.INVALID,
      "Each tenant that the user owns needs another owner among its members, or the confirmation"
          + " of its deletion."),
  TENANT_NOT_FOUND("accounts.tenant.not-found", ErrorKind.MISSING, "There is no such tenant."),
  ROOT_TENANT_PROTECTED(
      "accounts.tenant.root", ErrorKind.FORBIDDEN, "The root tenant can not be switched off."),
  ROOT_OWNERSHIP_FIXED(
      "accounts.tenant.root-ownership", ErrorKind.FORBIDDEN, "The root tenant keeps its owner."),
  OWNER_REQUIRED(
      "accounts.tenant.owner-required",
      ErrorKind.CONFLICT,
      "A tenant needs an owner: make another member the owner instead."),
  MEMBER_NOT_FOUND("accounts.member.not-found", ErrorKind.MISSING, "There is no such member."),
  ALREADY_MEMBER(
      "accounts.member.exists",
      ErrorKind.CONFLICT,
      "Whoever has this address is a member or invited already."),
  OWN_SEAT("accounts.member.own", ErrorKind.INVALID, "This can not be done to your own seat."),
  OWNER_PROTECTED(
      "accounts.member.owner", ErrorKind.FORBIDDEN, "The owner of a tenant can not be removed."),
  ADMINS_BY_OWNER(
      "accounts.member.admins-by-owner",
      ErrorKind.FORBIDDEN,
      "Only the owner may invite or remove admins."),
  /** The code is what clients of the API know. */
  USER_LIMIT_REACHED(
      "USER_LIMIT_REACHED", ErrorKind.FORBIDDEN, "The plan allows {0} members and invitations."),
  MESSAGE_NOT_FOUND("accounts.message.not-found", ErrorKind.MISSING, "There is no such message."),
  API_KEY_NOT_FOUND("accounts.api-key.not-found", ErrorKind.MISSING, "There is no such API key.");

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
