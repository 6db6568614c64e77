package dev.slipway.scripts;

import java.time.Instant;
import java.util.UUID;

/**
 * A source that a script has or had.
 *
 * @param number counts from 1
 */
public record ScriptVersion(
    UUID id,
    UUID tenantId,
    UUID scriptId,
    int number,
    String source,
    UUID createdBy,
    Instant createdAt) {}
