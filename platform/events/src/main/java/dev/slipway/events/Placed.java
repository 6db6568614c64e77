package dev.slipway.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands, and all that it says.
 *
 * @param data as JSON, so that each listener can get values of its own
 * @param held whether an earlier transaction is still open, so that readers may not see it yet
 */
record Placed(
    UUID id,
    long txid,
    long seq,
    @Nullable UUID tenantId,
    String type,
    UUID subjectId,
    Instant occurredAt,
    String data,
    boolean held) {

  Position position() {
    return new Position(txid, seq);
  }
}
