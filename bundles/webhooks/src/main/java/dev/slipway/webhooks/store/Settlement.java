package dev.slipway.webhooks.store;

import dev.slipway.webhooks.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt changes, on the delivery and on its endpoint's line.
 *
 * @param attempt a list of one, to be added
 * @param dueAt when the line goes on
 * @param pauseMs pause before every delivery while the receiver can not keep up
 * @param strained whether the endpoint is served apart from those that answer quickly
 * @param leaseUntil the lease holds until then
 */
public record Settlement(
    UUID endpointId,
    UUID lease,
    UUID deliveryId,
    Delivery.Status status,
    int responseCode,
    String responseBody,
    int durationMs,
    int retryCount,
    int maxRetries,
    @Nullable Instant nextAttemptAt,
    List<Map<String, @Nullable Object>> attempt,
    @Nullable Instant finishedAt,
    Instant at,
    Instant dueAt,
    long pauseMs,
    boolean strained,
    Instant leaseUntil) {

  /** Whether the delivery has reached the receiver. */
  public boolean ok() {
    return status == Delivery.Status.SUCCEEDED;
  }
}
