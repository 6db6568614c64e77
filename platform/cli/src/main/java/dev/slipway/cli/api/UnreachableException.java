package dev.slipway.cli.api;

import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;

/** No answer: not connected, timed out, or the connection broke. */
public final class UnreachableException extends CliException {
  private static final long serialVersionUID = 1L;

  private final boolean broken;

  private UnreachableException(String message, Throwable cause, boolean broken) {
    super(ExitCode.UNREACHABLE, message, cause);
    this.broken = broken;
  }

  static UnreachableException notConnected(URI to, Throwable cause) {
    return new UnreachableException(
        "cannot reach " + authority(to) + ": " + reason(cause), cause, false);
  }

  static UnreachableException timedOut(URI to, Throwable cause) {
    return new UnreachableException(authority(to) + " does not answer (timed out)", cause, false);
  }

  static UnreachableException broken(URI to, Throwable cause) {
    return new UnreachableException(
        "the connection to " + authority(to) + " broke: " + reason(cause), cause, true);
  }

  /** The connection was there and ended early, as when the platform restarts. */
  boolean isBroken() {
    return broken;
  }

  private static String authority(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private static String reason(Throwable cause) {
    for (var next = cause; next != null; next = next.getCause()) {
      if (next instanceof UnresolvedAddressException) {
        return "unknown host";
      }
      if (next.getMessage() != null) {
        return next.getMessage();
      }
    }
    return cause instanceof ConnectException ? "connection refused" : cause.toString();
  }
}
