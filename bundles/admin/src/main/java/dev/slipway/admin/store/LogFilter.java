package dev.slipway.admin.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries; null leaves a condition out.
 *
 * @param severities lower-case names, any of them
 * @param search words that the message has, all of them
 */
public record LogFilter(
    String @Nullable [] severities, @Nullable UUID userId, @Nullable String search) {}
