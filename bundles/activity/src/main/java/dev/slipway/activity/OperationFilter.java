package dev.slipway.activity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which operations to list; null members ask for nothing. */
public record OperationFilter(
    @Nullable String entityType, @Nullable UUID entityId, @Nullable UUID referenceId) {}
