package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a statement did to a server's status. */
public record StatusChange(
    UUID serverId,
    UUID tenantId,
    String name,
    ServerStatus before,
    ServerStatus after,
    @Nullable String reason) {
  /** Whether it changed. */
  public boolean changed() {
    return before != after;
  }
}
