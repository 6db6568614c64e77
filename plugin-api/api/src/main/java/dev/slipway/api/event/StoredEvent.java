package dev.slipway.api.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An event as the log keeps it.
 *
 * @param id unique id; the same on every delivery, so a listener can tell a repetition
 * @param cursor its place in the log; opaque, usable as an SSE id
 * @param type as in {@link DomainEvent#type()}
 * @param tenantId null for platform-wide events
 * @param subjectId the object it happened to
 * @param occurredAt when it was published
 * @param data the event record's components by name in snake_case; values are what JSON has
 */
@ProviderType
public record StoredEvent(
    UUID id,
    String cursor,
    String type,
    @Nullable UUID tenantId,
    UUID subjectId,
    Instant occurredAt,
    Map<String, @Nullable Object> data) {

  /** A text member; null where it is absent. */
  public @Nullable String text(String member) {
    var value = data.get(member);
    return value == null ? null : value.toString();
  }

  /** An id member; null where it is absent. */
  public @Nullable UUID uuid(String member) {
    var value = text(member);
    return value == null ? null : UUID.fromString(value);
  }
}
