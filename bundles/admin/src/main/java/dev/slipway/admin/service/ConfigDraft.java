package dev.slipway.admin.service;

import dev.slipway.api.spi.ConfigVariable;
import org.jspecify.annotations.Nullable;

/** A new variable as an operator wants it; {@code options} with {@code |} between. */
public record ConfigDraft(
    String name,
    ConfigVariable.Type type,
    String value,
    @Nullable String description,
    @Nullable String options) {}
