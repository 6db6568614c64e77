package dev.slipway.accounts.service;

import dev.slipway.accounts.service.secondfactor.Totp;
import java.time.Instant;

/** An authenticator app. */
public final class TestCodes {
  private TestCodes() {}

  /** The code of now, so many steps later. */
  public static String code(String secret, int later) {
    return Totp.code(secret, Totp.step(Instant.now()) + later);
  }
}
