package dev.slipway.deployments;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Refusals of those who push with git. */
public enum PushError implements ErrorCode {
  ELSEWHERE(
      "deployments.push.elsewhere",
      ErrorKind.CONFLICT,
      "The app's source is in a repository elsewhere; clear its repository URL to push here."),
  NOT_BUILT(
      "deployments.push.not-built",
      ErrorKind.CONFLICT,
      "The app is not built from a repository: its source type is {0}."),
  FULL("deployments.push.full", ErrorKind.TOO_LARGE, "There is no room left for source: {0}.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  PushError(String code, ErrorKind kind, String message) {
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
