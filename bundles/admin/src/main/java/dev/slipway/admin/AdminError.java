package dev.slipway.admin;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of the feature. */
public enum AdminError implements ErrorCode {
  CONFIG_NOT_FOUND("admin.config.missing", ErrorKind.MISSING, "There is no such variable."),
  CONFIG_NAME_TAKEN(
      "admin.config.name-taken", ErrorKind.CONFLICT, "A variable with this name exists already."),
  CONFIG_IS_SYSTEM(
      "admin.config.system", ErrorKind.FORBIDDEN, "A system variable can not be removed."),
  TOO_MANY_VARIABLES(
      "admin.config.too-many", ErrorKind.UNPROCESSABLE, "There can be at most {0} variables."),
  NODE_NOT_FOUND("admin.node.missing", ErrorKind.MISSING, "There is no such node.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  AdminError(String code, ErrorKind kind, String message) {
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
