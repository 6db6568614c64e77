package dev.slipway.logs.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of an app.
 *
 * @param levels only these; empty = all
 * @param after only lines behind this sequence
 */
public record Selection(
    List<String> levels,
    @Nullable String container,
    @Nullable Instant since,
    long after,
    int limit) {}
