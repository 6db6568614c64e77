package dev.slipway.webhooks.service;

import dev.slipway.webhooks.Attempt;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Delivery.Status;
import dev.slipway.webhooks.store.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt.
 *
 * @param nextAttemptAt null where the delivery is over
 * @param pause before the next delivery to the same endpoint
 */
record Verdict(
    Attempt attempt,
    Status status,
    int retryCount,
    int maxRetries,
    @Nullable Instant nextAttemptAt,
    Duration pause) {
  /** An answer that takes longer makes its endpoint wait with those that do not answer. */
  private static final int SLOW_MS = 1000;

  /** Judges the attempt that follows those which the delivery has had. */
  static Verdict of(Delivery delivery, Attempt attempt, Duration pause, double random) {
    var retries = delivery.attempts().size();
    if (attempt.success()) {
      return new Verdict(
          attempt,
          Status.SUCCEEDED,
          retries,
          Math.max(retries, delivery.maxRetries()),
          null,
          RetryPlan.faster(pause));
    }
    var next =
        attempt.gone() ? null : RetryPlan.next(retries, attempt.retryAfter(), random).orElse(null);
    return new Verdict(
        attempt,
        next == null ? Status.FAILED : Status.PENDING,
        retries,
        next == null ? Math.max(retries, delivery.maxRetries()) : RetryPlan.planned(retries),
        next == null ? null : attempt.at().plusMillis(attempt.durationMs()).plus(next),
        attempt.throttled() ? RetryPlan.slower(pause) : pause);
  }

  /** Nothing is sent and nothing will be. */
  static Verdict dropped(Delivery delivery, Attempt instead, Duration pause) {
    var retries = delivery.attempts().size();
    return new Verdict(
        instead, Status.FAILED, retries, Math.max(retries, delivery.maxRetries()), null, pause);
  }

  /** Whether the next delivery may follow at once. */
  boolean goesOn() {
    return nextAttemptAt == null && pause.isZero() && !attempt.gone();
  }

  Settlement settle(Delivery delivery, UUID lease, Instant now, Instant leaseUntil) {
    return new Settlement(
        delivery.endpointId(),
        lease,
        delivery.id(),
        status,
        attempt.responseCode(),
        attempt.responseBody(),
        attempt.durationMs(),
        retryCount,
        maxRetries,
        nextAttemptAt,
        List.of(attempt.toMap()),
        nextAttemptAt == null ? now : null,
        attempt.at(),
        nextAttemptAt == null ? now.plus(pause) : nextAttemptAt,
        pause.toMillis(),
        !attempt.success() || attempt.durationMs() > SLOW_MS,
        leaseUntil);
  }
}
