package dev.slipway.deployments.store.volume;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume that is, or may be, on a server.
 *
 * @param volume what the app calls it
 * @param name what the server calls it
 * @param keptAt when an instance got it last
 * @param doomedAt since when nobody needs what it holds; null = it is kept
 */
public record VolumeRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    UUID serverId,
    String volume,
    String name,
    Instant keptAt,
    @Nullable Instant doomedAt,
    @Nullable String doomedBecause) {}
