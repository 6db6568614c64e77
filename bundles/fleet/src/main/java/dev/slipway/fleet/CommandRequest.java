package dev.slipway.fleet;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command to submit.
 *
 * @param payload JSON text as the agent's contract says for the type; may hold secrets, it is
 *     sealed at rest
 * @param owner the submitting feature, such as {@code deployments}
 * @param referenceId what it is for, handed back in the event
 * @param appId the app it concerns
 * @param phase a word handed back in the event
 * @param idempotencyKey unique in the tenant: a second submission returns the first one's command
 * @param timeout from submission until the command expires, waiting for the agent included; up to
 *     48 h
 */
public record CommandRequest(
    UUID serverId,
    CommandType type,
    String payload,
    String owner,
    @Nullable UUID referenceId,
    @Nullable UUID appId,
    @Nullable String phase,
    @Nullable String idempotencyKey,
    Duration timeout) {
  /** Longest time a command may take. */
  public static final Duration MAX_TIMEOUT = Duration.ofHours(48);

  /** Most characters of an idempotency key. */
  public static final int MAX_KEY = 200;

  public CommandRequest {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException("timeout must be positive and at most " + MAX_TIMEOUT);
    }
    if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY)) {
      throw new IllegalArgumentException("idempotencyKey must have 1.." + MAX_KEY + " characters");
    }
  }

  /** A command that stands for nothing but itself. */
  public static CommandRequest of(
      UUID serverId, CommandType type, String payload, String owner, Duration timeout) {
    return new CommandRequest(serverId, type, payload, owner, null, null, null, null, timeout);
  }

  /** The same command with what it is for. */
  public CommandRequest about(UUID reference, @Nullable UUID app, @Nullable String inPhase) {
    return new CommandRequest(
        serverId, type, payload, owner, reference, app, inPhase, idempotencyKey, timeout);
  }

  /** The same command, submitted once only under this key. */
  public CommandRequest once(String key) {
    return new CommandRequest(
        serverId, type, payload, owner, referenceId, appId, phase, key, timeout);
  }

  /** Without the payload, which may hold secrets. */
  @Override
  public String toString() {
    return "CommandRequest[" + type + " to " + serverId + " by " + owner + "]";
  }
}
