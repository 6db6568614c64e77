package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group of apps.
 *
 * @param name 1..120 characters for people
 * @param slug unique in the tenant, of the same form as an app's
 * @param appCount how many apps are in it
 * @param createdBy null where an API key made it
 */
public record Project(
    UUID id,
    int version,
    UUID tenantId,
    String name,
    String slug,
    @Nullable String description,
    int appCount,
    @Nullable UUID createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /** Changes with all that is shown of it, the count included. */
  public long etag() {
    return (long) version << Integer.SIZE | appCount;
  }
}
