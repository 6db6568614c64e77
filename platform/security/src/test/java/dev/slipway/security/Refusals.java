package dev.slipway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.PlatformException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on refusals. */
public final class Refusals {
  private Refusals() {}

  /** The call refuses with this code. */
  public static PlatformException assertRefused(ErrorCode code, ThrowingCallable call) {
    var refusal = catchThrowableOfType(PlatformException.class, call);
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    return refusal;
  }
}
