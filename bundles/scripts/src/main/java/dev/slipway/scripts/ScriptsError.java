package dev.slipway.scripts;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of the feature. */
public enum ScriptsError implements ErrorCode {
  SCRIPT_NOT_FOUND("scripts.script.not-found", ErrorKind.MISSING, "There is no such script."),
  VERSION_NOT_FOUND("scripts.version.not-found", ErrorKind.MISSING, "There is no such version."),
  EXECUTION_NOT_FOUND(
      "scripts.execution.not-found", ErrorKind.MISSING, "There is no such execution."),
  RECEIVER_NOT_FOUND("scripts.receiver.not-found", ErrorKind.MISSING, "There is no such address."),
  HOOK_UNKNOWN("scripts.hook.unknown", ErrorKind.INVALID, "There is no hook {0}."),
  NOT_COMPILED("scripts.script.not-compiled", ErrorKind.INVALID, "The source does not compile."),
  FILTER_UNFIT("scripts.filter.unfit", ErrorKind.INVALID, "The filter does not fit the hook."),
  EVENT_UNFIT("scripts.event.unfit", ErrorKind.INVALID, "The event does not fit the hook."),
  NAME_TAKEN("scripts.script.name-taken", ErrorKind.CONFLICT, "There is a script {0} already."),
  IN_USE("scripts.script.in-use", ErrorKind.CONFLICT, "The script is used by {0}."),
  TOO_MANY("scripts.script.too-many", ErrorKind.UNPROCESSABLE, "There can be at most {0}."),
  NOT_SUCCEEDED("scripts.execution.not-succeeded", ErrorKind.UNPROCESSABLE, "{0}"),
  BUSY("scripts.queue.full", ErrorKind.LIMITED, "Too many runs of this script wait already."),
  ARGUMENTS_UNFIT("script.arguments-unfit", ErrorKind.INVALID, "{0}"),
  HOST_NOT_ALLOWED(
      "script.host-not-allowed", ErrorKind.FORBIDDEN, "The host {0} is not on the tenant's list."),
  FETCH_FAILED("script.fetch-failed", ErrorKind.UNPROCESSABLE, "{0}"),
  SECRET_NOT_GRANTED(
      "script.secret-not-granted", ErrorKind.FORBIDDEN, "The script has no secret {0}."),
  STORE_FULL("script.store-full", ErrorKind.UNPROCESSABLE, "{0}");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  ScriptsError(String code, ErrorKind kind, String message) {
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
