package dev.slipway.deployments.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step of a deployment or an action. All steps are written when the work starts, so that it goes
 * on where it was after a crash.
 *
 * @param runId the deployment or action
 * @param position place in the plan, from 1
 * @param serverId where it is done
 * @param target name of the container or domain it is done to; of a shift the share of the new
 *     version, of a watch its time; null where it is the app as a whole
 * @param attempt from 1; 0 before it began
 * @param commandId the command that is out, or was last
 * @param deadlineAt when it is given up at the latest
 * @param result the agent's answer
 * @param error why it failed
 */
public record StepRow(
    UUID id,
    UUID tenantId,
    UUID runId,
    int position,
    StepKind kind,
    UUID serverId,
    @Nullable String target,
    StepStatus status,
    int attempt,
    @Nullable UUID commandId,
    @Nullable Instant deadlineAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String result,
    @Nullable String error) {

  /** The target, for kinds that always have one. */
  public String requireTarget() {
    if (target == null) {
      throw new IllegalStateException("step " + id + " (" + kind + ") has no target");
    }
    return target;
  }

  /** A command is out for it. */
  public StepRow begun(StepStatus as, int attempt, UUID commandId, Instant deadline, Instant now) {
    return new StepRow(
        id,
        tenantId,
        runId,
        position,
        kind,
        serverId,
        target,
        as,
        attempt,
        commandId,
        deadline,
        startedAt == null ? now : startedAt,
        null,
        null,
        null);
  }

  /** It waits for a time, without a command. */
  public StepRow waits(Instant until, Instant now) {
    return new StepRow(
        id,
        tenantId,
        runId,
        position,
        kind,
        serverId,
        target,
        StepStatus.RUNNING,
        1,
        null,
        until,
        now,
        null,
        null,
        null);
  }

  /** It is over. */
  public StepRow ended(
      StepStatus as, @Nullable String result, @Nullable String error, Instant now) {
    return new StepRow(
        id,
        tenantId,
        runId,
        position,
        kind,
        serverId,
        target,
        as,
        attempt,
        commandId,
        deadlineAt,
        startedAt,
        now,
        result,
        error);
  }
}
