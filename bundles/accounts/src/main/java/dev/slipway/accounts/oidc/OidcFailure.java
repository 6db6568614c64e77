package dev.slipway.accounts.oidc;

/** Why a sign-in came to nothing, as the front end is told. */
public final class OidcFailure extends Exception {
  /** The words that the front end knows. */
  public enum Reason {
    INVALID_STATE,
    OAUTH_FAILED,
    OAUTH_EXCHANGE_FAILED,
    OAUTH_USER_INFO_FAILED,
    ACCOUNT_CREATION_FAILED
  }

  private final Reason reason;

  /** Without a cause that anyone could learn from. */
  public OidcFailure(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** With what it came from, for the log. */
  public OidcFailure(Reason reason, Throwable cause) {
    super(cause);
    this.reason = reason;
  }

  /** What the front end is told. */
  public Reason reason() {
    return reason;
  }
}
