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
  AGENT_FLOODS(
      "fleet.agent.floods", ErrorKind.LIMITED, "The agent calls too often; it must slow down."),
  AGENT_MISMATCH(
      "fleet.agent.mismatch", ErrorKind.FORBIDDEN, "server_id differs from the credentials."),
  TOKEN_INVALID("fleet.token.invalid", ErrorKind.UNAUTHENTICATED, "The token is not valid."),
  TOKEN_EXPIRED("fleet.token.expired", ErrorKind.GONE, "The token has expired; issue a new one."),
  TOKEN_USED("fleet.token.used", ErrorKind.GONE, "The token was used; issue a new one."),
  TOO_MANY_TRADES(
      "fleet.token.too-many", ErrorKind.LIMITED, "At most {0} tokens a day can be traded."),
  TOO_MANY_RECOVERIES(
      "fleet.agent.too-many-recoveries",
      ErrorKind.LIMITED,
      "A machine can be recovered at most {0} times an hour."),
  RENEWAL_ASKED(
      "fleet.agent.renewal-asked",
      ErrorKind.CONFLICT,
      "The agent was told to enrol anew within the last {0} minutes."),
  RELINK_SAME("fleet.server.relink-same", ErrorKind.INVALID, "A server can not replace itself."),
  RELINK_ALIVE(
      "fleet.server.relink-alive",
      ErrorKind.CONFLICT,
      "The server's agent is connected; only a stale server can be replaced."),
  LABELS_INVALID(
      "fleet.server.labels-invalid", ErrorKind.INVALID, "The labels are not valid: {0}."),
  RESTART_ASKED(
      "fleet.agent.restart-asked",
      ErrorKind.CONFLICT,
      "The agent was told to restart within the last {0} seconds."),
  CONTAINER_NOT_FOUND(
      "fleet.container.missing", ErrorKind.MISSING, "The agent reported no such container."),
  CONTAINER_RESTARTING(
      "fleet.container.restarting", ErrorKind.CONFLICT, "{0} is being restarted already."),
  ORPHAN_NOT_FOUND("fleet.orphan.missing", ErrorKind.MISSING, "There is no such leftover."),
  NOT_CLEANUP_FAILED(
      "fleet.server.not-cleanup-failed",
      ErrorKind.CONFLICT,
      "Only a removal that failed can be tried again."),
  APP_NOT_FOUND("fleet.app.missing", ErrorKind.MISSING, "There is no such app."),
  POOL_NOT_FOUND("fleet.pool.missing", ErrorKind.MISSING, "There is no such pool."),
  POOL_NAME_TAKEN("fleet.pool.name-taken", ErrorKind.CONFLICT, "A pool named {0} exists already."),
  POOLS_EXHAUSTED("fleet.pool.too-many", ErrorKind.CONFLICT, "A tenant has at most {0} pools."),
  RULE_NOT_FOUND("fleet.rule.missing", ErrorKind.MISSING, "There is no such placement rule."),
  RULES_EXHAUSTED("fleet.rule.too-many", ErrorKind.CONFLICT, "An app has at most {0} rules."),
  RULE_INVALID("fleet.rule.invalid", ErrorKind.INVALID, "The rule is not valid: {0}."),
  NOTHING_RUNS(
      "fleet.terminal.nothing-runs",
      ErrorKind.UNPROCESSABLE,
      "No container of the app runs right now."),
  TOO_MANY_TERMINALS(
      "fleet.terminal.too-many", ErrorKind.LIMITED, "A server has at most {0} terminals."),
  MEMBER_NOT_FOUND(
      "fleet.grant.no-member", ErrorKind.INVALID, "Only members of the tenant can hold rights."),
  GRANT_NOT_FOUND("fleet.grant.missing", ErrorKind.MISSING, "The user holds no such right."),
  RIGHT_REQUIRED(
      "fleet.server.forbidden", ErrorKind.FORBIDDEN, "The right {0} on this server is required."),
  COMMAND_UNSUPPORTED(
      "fleet.command.unsupported",
      ErrorKind.UNPROCESSABLE,
      "The agent of this server does not support {0}."),
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
