package dev.slipway.security.egress;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Refusals of the egress guard. */
enum EgressError implements ErrorCode {
  REFUSED("egress.refused", ErrorKind.UNPROCESSABLE, "The target is not allowed: {0}.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  EgressError(String code, ErrorKind kind, String message) {
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
