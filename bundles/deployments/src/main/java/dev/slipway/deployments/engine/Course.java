package dev.slipway.deployments.engine;

import dev.slipway.api.Scope;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.fleet.CommandRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a kind of work says about its runs. Every call comes in a writing unit of work of the run's
 * tenant, and after {@link #enter}.
 */
public interface Course {
  /**
   * Takes the gate of a run's app, and tells which that is; empty where it is none of this kind.
   */
  Optional<UUID> enter(UUID runId);

  /**
   * Whether the run is to be carried on; one that waits for its turn is started where it can be.
   */
  boolean ready(Scope scope, UUID runId);

  /**
   * Whether a step can begin. One that can not is looked at again; whoever clears the way wakes the
   * run, see {@link Engine#wakeOn}.
   *
   * @throws dev.slipway.api.PlatformException to have the step fail with that message
   */
  default boolean isFree(Scope scope, UUID runId, StepRow step) {
    return true;
  }

  /**
   * The command of a step that is about to begin; notes that it begins.
   *
   * @param attempt 1, or 2 where the step is repeated
   * @param plan all steps of the run
   * @throws dev.slipway.api.PlatformException to have the step fail with that message
   */
  CommandRequest order(Scope scope, UUID runId, StepRow step, int attempt, List<StepRow> plan);

  /** Whether the run can do without a step whose command has failed, and that others do without. */
  default boolean canPass(Scope scope, StepRow step) {
    return true;
  }

  /** A step is done. */
  void done(Scope scope, UUID runId, StepRow step, List<StepRow> plan);

  /** All steps are done. */
  void succeed(Scope scope, UUID runId);

  /** A step failed, and with it the run. */
  void fail(Scope scope, UUID runId, StepRow step, String error, List<StepRow> plan);
}
