package dev.slipway.events;

import dev.slipway.api.event.StoredEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code events_event}. */
record EventRow(
    UUID id,
    long txid,
    long seq,
    @Nullable UUID tenantId,
    String type,
    UUID subjectId,
    Instant occurredAt,
    Map<String, @Nullable Object> data) {

  Position position() {
    return new Position(txid, seq);
  }

  StoredEvent event() {
    return new StoredEvent(id, position().cursor(), type, tenantId, subjectId, occurredAt, data);
  }
}
