package dev.slipway.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands and whom it concerns.
 *
 * @param held whether an earlier transaction is still open, so that readers may not see it yet
 */
record Placed(
    long txid, long seq, @Nullable UUID tenantId, String type, UUID subjectId, boolean held) {

  Position position() {
    return new Position(txid, seq);
  }
}
