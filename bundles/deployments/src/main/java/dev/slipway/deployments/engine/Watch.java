package dev.slipway.deployments.engine;

import dev.slipway.api.Scope;
import dev.slipway.deployments.store.StepRow;
import java.time.Instant;
import java.util.List;

/**
 * Says how long steps last that have no command. Every call comes in a writing unit of work, with
 * the app's gate held.
 */
public interface Watch {
  /** A step begins; it is over at that time at the earliest. */
  Instant begin(Scope scope, StepRow step);

  /**
   * Looks at a step that has begun.
   *
   * @param plan all steps of the run
   * @return whether it is over, and well
   * @throws dev.slipway.api.PlatformException to have the step fail with that message
   */
  boolean isOver(Scope scope, StepRow step, List<StepRow> plan);
}
