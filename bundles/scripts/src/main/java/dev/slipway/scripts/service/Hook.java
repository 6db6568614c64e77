package dev.slipway.scripts.service;

import dev.slipway.api.platform.JsonSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hook, its schemas read. */
public record Hook(
    String name,
    String summary,
    JsonSchema input,
    JsonSchema result,
    JsonSchema filter,
    Set<String> withheld,
    Duration timeout,
    Map<String, @Nullable Object> sample) {}
