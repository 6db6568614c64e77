package dev.slipway.scripts.service;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hook, its schemas read. */
public record Hook(
    String name,
    String summary,
    Shape input,
    Shape result,
    Shape filter,
    Set<String> withheld,
    Duration timeout,
    Map<String, @Nullable Object> sample) {}
