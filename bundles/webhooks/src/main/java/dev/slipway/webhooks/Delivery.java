package dev.slipway.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one endpoint.
 *
 * @param messageId the same when it is sent again, also by a replay
 * @param payload the body as it goes over the wire
 * @param test sent on demand, outside the queue
 * @param responseCode of the last attempt; 0 = no answer
 * @param responseBody of the last attempt, cut
 * @param retryCount attempts after the first
 * @param maxRetries how many are planned; a delivery that has used up the prompt ones gets more
 * @param nextAttemptAt not before then; null where none was made yet, or none will be
 * @param attempts one entry each, as {@link Attempt#toMap} says
 */
public record Delivery(
    UUID id,
    UUID tenantId,
    UUID endpointId,
    UUID messageId,
    String eventType,
    String payload,
    Status status,
    boolean test,
    int responseCode,
    String responseBody,
    int durationMs,
    int retryCount,
    int maxRetries,
    @Nullable Instant nextAttemptAt,
    List<Map<String, @Nullable Object>> attempts,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  public Delivery {
    attempts = List.copyOf(attempts);
  }

  /** The same delivery with another body. */
  public Delivery withPayload(String body) {
    return new Delivery(
        id,
        tenantId,
        endpointId,
        messageId,
        eventType,
        body,
        status,
        test,
        responseCode,
        responseBody,
        durationMs,
        retryCount,
        maxRetries,
        nextAttemptAt,
        attempts,
        createdAt,
        finishedAt);
  }

  /** Where it stands. */
  public enum Status {
    PENDING,
    SUCCEEDED,
    FAILED
  }
}
