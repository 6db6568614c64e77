package dev.slipway.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record Thing(
    UUID id,
    int version,
    UUID tenantId,
    String name,
    Kind kind,
    List<String> tags,
    @Nullable Instant at) {
  enum Kind {
    BIG,
    VERY_SMALL
  }
}
