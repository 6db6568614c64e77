package dev.slipway.admin;

import dev.slipway.api.spi.ConfigVariable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A configuration variable.
 *
 * @param version counted up by every change
 * @param options the values that an enum takes; empty for other types
 * @param system whether a bundle reads it: its name and type are fixed, and it can not be removed
 */
public record ConfigVar(
    UUID id,
    int version,
    String name,
    ConfigVariable.Type type,
    String value,
    String description,
    List<String> options,
    boolean system,
    Instant createdAt,
    Instant updatedAt) {

  public ConfigVar {
    options = List.copyOf(options);
  }
}
