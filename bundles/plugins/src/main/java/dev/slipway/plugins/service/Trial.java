package dev.slipway.plugins.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying an offering.
 *
 * @param statusCode status of the other side's HTTP answer; null where there was none
 * @param error why it did not work; null where it did
 * @param found what the other side has told: zones, models, images
 */
public record Trial(
    boolean ok,
    @Nullable Integer statusCode,
    @Nullable String error,
    long durationMs,
    List<String> found) {}
