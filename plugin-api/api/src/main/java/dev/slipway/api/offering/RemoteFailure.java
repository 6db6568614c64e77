package dev.slipway.api.offering;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The other side has not done what it was asked for. The message is shown to the tenant: one
 * sentence, without secrets.
 *
 * @since 0.1.0
 */
@ProviderType
public final class RemoteFailure extends Exception {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 300;

  private final Reason reason;
  private final int status;
  private final @Nullable Duration retryAfter;

  /** What can be done about it. */
  public enum Reason {
    /** The other side does not accept what the tenant has set up: somebody must change that. */
    CREDENTIALS,
    /** The other side refuses this request, and will refuse it again. */
    REFUSED,
    /** The other side can not be reached or has failed: the same may work later. */
    UNAVAILABLE,
    /** The other side wants fewer requests: the same will work later. */
    BUSY
  }

  private RemoteFailure(
      Reason reason, int status, @Nullable Duration retryAfter, String message, Throwable cause) {
    super(message.length() > LONGEST ? message.substring(0, LONGEST) : message, cause);
    this.reason = reason;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** A failure that no answer stands behind, such as a connection that was refused. */
  public static RemoteFailure of(Reason reason, String message, @Nullable Throwable cause) {
    return new RemoteFailure(reason, 0, null, message, cause);
  }

  /**
   * What an HTTP answer means that is no success: 401 and 403 stand for credentials, 429 for busy,
   * other statuses from 400 on for a refusal, and the rest for unavailable.
   *
   * @param said what the other side says about it, or the status again
   */
  public static RemoteFailure ofStatus(int status, String said) {
    var reason =
        switch (status) {
          case 401, 403 -> Reason.CREDENTIALS;
          case 429 -> Reason.BUSY;
          default -> status >= 400 && status < 500 ? Reason.REFUSED : Reason.UNAVAILABLE;
        };
    return new RemoteFailure(reason, status, null, said, null);
  }

  /** The same failure with a time to wait. */
  public RemoteFailure retryAfter(Duration wait) {
    return new RemoteFailure(reason, status, wait, getMessage(), getCause());
  }

  /** What can be done about it. */
  public Reason reason() {
    return reason;
  }

  /** Status of the HTTP answer; 0 where there was none. */
  public int status() {
    return status;
  }

  /** How long to wait before it is tried again; null where the other side has not said. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Whether the same may work later without anybody changing anything. */
  public boolean passing() {
    return reason == Reason.UNAVAILABLE || reason == Reason.BUSY;
  }
}
