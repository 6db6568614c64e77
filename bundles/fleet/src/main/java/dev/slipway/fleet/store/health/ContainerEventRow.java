package dev.slipway.fleet.store.health;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to a container. */
public record ContainerEventRow(
    UUID id,
    UUID tenantId,
    UUID serverId,
    @Nullable UUID appId,
    String containerId,
    String containerName,
    String image,
    Type type,
    @Nullable Integer exitCode,
    @Nullable String health,
    @Nullable String message,
    Instant occurredAt) {

  /** What happened. */
  public enum Type {
    START,
    STOP,
    DIE,
    OOM,
    RESTART,
    HEALTH
  }
}
