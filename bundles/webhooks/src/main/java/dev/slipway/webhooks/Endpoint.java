package dev.slipway.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries go.
 *
 * @param events types it hears, at least one
 * @param appId only events of this app; null = of all
 * @param enabled false while it is paused, or since it was switched off
 * @param offReason why the platform switched it off; null where it did not
 * @param secret sealed
 * @param secretPreview its last eight characters
 * @param previousSecret sealed; signs too until {@code previousUntil}
 * @param createdBy a user or an API key
 */
public record Endpoint(
    UUID id,
    int version,
    UUID tenantId,
    Family family,
    @Nullable String name,
    String description,
    String url,
    List<String> events,
    @Nullable UUID appId,
    boolean enabled,
    @Nullable OffReason offReason,
    String secret,
    String secretPreview,
    @Nullable String previousSecret,
    @Nullable Instant previousUntil,
    UUID createdBy,
    Instant createdAt,
    Instant updatedAt) {

  public Endpoint {
    events = List.copyOf(events);
  }

  /** Why the platform stops delivering to an endpoint by itself. */
  public enum OffReason {
    /** It answered 410. */
    GONE,
    /** More waits for it than is kept. */
    QUEUE_FULL
  }
}
