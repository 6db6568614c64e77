package dev.slipway.activity;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of this feature. */
public enum ActivityError implements ErrorCode {
  OPERATION_NOT_FOUND(
      "activity.operation.not-found", ErrorKind.MISSING, "There is no such operation.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  ActivityError(String code, ErrorKind kind, String message) {
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
