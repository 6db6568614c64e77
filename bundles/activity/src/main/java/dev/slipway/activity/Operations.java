package dev.slipway.activity;

import dev.slipway.api.Scope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the account of long-running work for the feature that does it. Every call joins the
 * caller's unit of work, so that the account changes exactly when the work's own rows do; without
 * one it makes its own.
 *
 * <p>A repeated call changes nothing and says nothing. A final status (succeeded, failed,
 * cancelled; of a step also skipped) never changes again: a late call is ignored, so that a
 * redelivered event needs no check of its own. A change is published as {@link
 * ActivityEvent.Changed}. An operation that is unknown, or of another tenant, is refused with
 * {@link ActivityError#OPERATION_NOT_FOUND}; a step number outside the plan with {@link
 * IllegalArgumentException}.
 *
 * <p>Steps are numbered from 1. An operation that runs for six hours without any of these calls is
 * failed with the error {@code no progress}.
 */
@ProviderType
public interface Operations {

  /**
   * Opens a queued operation with all its steps pending.
   *
   * @param scope the tenant it belongs to; {@link Scope.Platform} is refused with {@link
   *     IllegalArgumentException}
   * @return its id, for the {@code operation_id} of the 202 answer
   */
  UUID start(Scope scope, Draft draft);

  /**
   * A step has begun, or is still going: the message replaces the one before, null keeps it. The
   * first one also sets the operation running. The same call again only shows that there is
   * progress.
   */
  void stepRunning(Scope scope, UUID operation, int number, @Nullable String message);

  /** A step has succeeded; the message replaces the one before, null keeps it. */
  void stepDone(Scope scope, UUID operation, int number, @Nullable String message);

  /**
   * A step has failed. The operation goes on until {@link #fail} ends it: the caller may have a way
   * around.
   */
  void stepFailed(Scope scope, UUID operation, int number, String error);

  /** A step is not needed; it counts as done. */
  void stepSkipped(Scope scope, UUID operation, int number, @Nullable String message);

  /** All is done: a step still running has succeeded, those still pending were not needed. */
  void succeed(Scope scope, UUID operation);

  /**
   * It failed: a step still running failed with the same error, those still pending are skipped.
   */
  void fail(Scope scope, UUID operation, String error);

  /**
   * Somebody called it off: steps that have not ended are skipped, and the reason stands as the
   * operation's error.
   */
  void cancel(Scope scope, UUID operation, String reason);

  /**
   * What is about to start.
   *
   * @param type what is done, such as {@code deploy} or {@code service.create}; 1..100 characters
   * @param entityType noun of the object it is done to, such as {@code app}; 1..100 characters
   * @param entityId that object
   * @param referenceId the row that the work is about, such as the deployment
   * @param steps names of the steps in order, at most 100
   * @param startedBy the user; null where the platform or an API key started it
   * @param metadata more that a client may want to see; no secrets
   */
  record Draft(
      String type,
      String entityType,
      UUID entityId,
      @Nullable UUID referenceId,
      List<String> steps,
      @Nullable UUID startedBy,
      Map<String, Object> metadata) {

    private static final int MAX_STEPS = 100;
    private static final int MAX_WORD = 100;

    public Draft {
      steps = List.copyOf(steps);
      metadata = Map.copyOf(metadata);
      checkWord("type", type);
      checkWord("entityType", entityType);
      steps.forEach(step -> checkWord("step", step));
      if (steps.size() > MAX_STEPS) {
        throw new IllegalArgumentException("at most " + MAX_STEPS + " steps");
      }
    }

    /** Without metadata. */
    public Draft(
        String type,
        String entityType,
        UUID entityId,
        @Nullable UUID referenceId,
        List<String> steps,
        @Nullable UUID startedBy) {
      this(type, entityType, entityId, referenceId, steps, startedBy, Map.of());
    }

    private static void checkWord(String what, String text) {
      if (text.isBlank() || text.length() > MAX_WORD) {
        throw new IllegalArgumentException(what + " must have 1.." + MAX_WORD + " characters");
      }
    }
  }
}
