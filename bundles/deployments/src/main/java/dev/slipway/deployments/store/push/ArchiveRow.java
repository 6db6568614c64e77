package dev.slipway.deployments.store.push;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder that was uploaded.
 *
 * @param sizeBytes of the upload, as it came
 */
public record ArchiveRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    String commitSha,
    @Nullable String message,
    int files,
    long sizeBytes,
    @Nullable UUID createdBy,
    Instant createdAt) {}
