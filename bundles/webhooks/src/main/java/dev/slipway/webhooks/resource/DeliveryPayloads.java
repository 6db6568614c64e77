package dev.slipway.webhooks.resource;

import dev.slipway.api.Page;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.service.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deliveries and event types as clients see them. */
public final class DeliveryPayloads {
  private DeliveryPayloads() {}

  /**
   * A delivery.
   *
   * @param responseCode 0 = no answer
   * @param success whether the last answer was 2xx
   */
  public record View(
      UUID id,
      UUID webhookId,
      String eventType,
      String payload,
      int responseCode,
      String responseBody,
      boolean success,
      int durationMs,
      int retryCount,
      int maxRetries,
      Instant createdAt) {

    static View of(Delivery delivery) {
      return new View(
          delivery.id(),
          delivery.endpointId(),
          delivery.eventType(),
          delivery.payload(),
          delivery.responseCode(),
          delivery.responseBody(),
          delivery.status() == Delivery.Status.SUCCEEDED,
          delivery.durationMs(),
          delivery.retryCount(),
          delivery.maxRetries(),
          delivery.createdAt());
    }
  }

  public record DeliveryAnswer(View delivery) {
    static DeliveryAnswer of(Delivery delivery) {
      return new DeliveryAnswer(View.of(delivery));
    }
  }

  public record DeliveriesAnswer(List<View> deliveries, long total) {
    static DeliveriesAnswer of(Page<Delivery> page) {
      return new DeliveriesAnswer(page.map(View::of).items(), page.total());
    }
  }

  /**
   * A delivery and all that was tried.
   *
   * @param status pending, succeeded or failed; only a pending one is tried again
   * @param nextAttemptAt null where the first attempt is due, or none will follow
   */
  public record TracedAnswer(
      View delivery, Delivery.Status status, @Nullable Instant nextAttemptAt, List<Try> attempts) {
    static TracedAnswer of(Delivery delivery) {
      return new TracedAnswer(
          View.of(delivery),
          delivery.status(),
          delivery.nextAttemptAt(),
          delivery.attempts().stream().map(Try::of).toList());
    }
  }

  /** One attempt. */
  public record Try(String at, int responseCode, int durationMs, @Nullable String error) {
    static Try of(Map<String, @Nullable Object> kept) {
      return new Try(
          String.valueOf(kept.get("at")),
          number(kept.get("responseCode")),
          number(kept.get("durationMs")),
          (String) kept.get("error"));
    }

    private static int number(@Nullable Object value) {
      return value instanceof Number number ? number.intValue() : 0;
    }
  }

  public record TypeView(String type, String description) {}

  public record EventTypesAnswer(List<TypeView> eventTypes) {
    static EventTypesAnswer of(List<EventType> types) {
      return new EventTypesAnswer(
          types.stream().map(type -> new TypeView(type.type(), type.description())).toList());
    }
  }
}
