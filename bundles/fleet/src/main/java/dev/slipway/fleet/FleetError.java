package dev.slipway.fleet;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of the feature. */
public enum FleetError implements ErrorCode {
  SERVER_NOT_FOUND("fleet.server.missing", ErrorKind.MISSING, "There is no such server."),
  NAME_TAKEN("fleet.server.name-taken", ErrorKind.CONFLICT, "A server named {0} exists already."),
  NAMES_EXHAUSTED(
      "fleet.server.names-exhausted", ErrorKind.CONFLICT, "Too many servers are named like {0}."),
  BEING_REMOVED(
      "fleet.server.being-removed", ErrorKind.CONFLICT, "The server is being removed already."),
  AGENT_OFFLINE("fleet.agent.offline", ErrorKind.UNPROCESSABLE, "The agent is offline."),
  AGENT_SILENT(
      "fleet.agent.silent",
      ErrorKind.UNPROCESSABLE,
      "The agent gave no answer within {0} seconds."),
  AGENT_REFUSED("fleet.agent.refused", ErrorKind.UNPROCESSABLE, "The agent answered: {0}"),
  AGENT_UNREADABLE(
      "fleet.agent.unreadable", ErrorKind.UNPROCESSABLE, "The agent's answer makes no sense."),
  AGENT_UNKNOWN(
      "fleet.agent.unknown", ErrorKind.UNAUTHENTICATED, "The agent's credentials are not valid."),
  AGENT_MISMATCH(
      "fleet.agent.mismatch", ErrorKind.FORBIDDEN, "server_id differs from the credentials."),
  TOKEN_INVALID("fleet.token.invalid", ErrorKind.UNAUTHENTICATED, "The token is not valid."),
  TOKEN_EXPIRED("fleet.token.expired", ErrorKind.GONE, "The token has expired; issue a new one."),
  LABELS_INVALID(
      "fleet.server.labels-invalid", ErrorKind.INVALID, "The labels are not valid: {0}."),
  COMMAND_TOO_LARGE(
      "fleet.command.too-large", ErrorKind.TOO_LARGE, "A command's payload is at most {0} bytes.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  FleetError(String code, ErrorKind kind, String message) {
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
