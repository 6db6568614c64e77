package dev.slipway.deployments.store.volume;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which kept data is meant; null leaves a condition out. */
public record KeptVolumeFilter(@Nullable UUID appId, @Nullable UUID serverId) {}
