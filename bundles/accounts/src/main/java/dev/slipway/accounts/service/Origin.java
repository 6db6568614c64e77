package dev.slipway.accounts.service;

import dev.slipway.api.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Where a login is opened, for its user to tell it from others.
 *
 * @param userAgent as the client calls itself: cleaned, cut, never believed; empty where it does
 *     not
 */
public record Origin(String remoteAddress, String userAgent) {
  private static final int LONGEST = 300;

  /** Cleans what the client says. */
  public Origin {
    var line = userAgent.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").strip();
    userAgent = line.length() <= LONGEST ? line : line.substring(0, LONGEST).strip();
  }

  /** Of a request. */
  public static Origin of(Caller caller, @Nullable String userAgent) {
    return new Origin(caller.remoteAddress(), userAgent == null ? "" : userAgent);
  }
}
