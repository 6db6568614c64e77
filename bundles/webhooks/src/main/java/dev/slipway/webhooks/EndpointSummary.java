package dev.slipway.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An endpoint as lists show it: without its secrets, with how its last delivery went. */
public record EndpointSummary(
    UUID id,
    @Nullable String name,
    String description,
    String url,
    List<String> events,
    @Nullable UUID appId,
    boolean enabled,
    String secretPreview,
    UUID createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastDeliveryAt,
    @Nullable Boolean lastDeliveryOk) {

  public EndpointSummary {
    events = List.copyOf(events);
  }
}
