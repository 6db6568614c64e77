package dev.slipway.apps;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder of an app that outlives its deployments. Production and each environment have one of
 * their own, on each server that they run on.
 *
 * @param name unique in the app: lower-case letters, digits and hyphens, at most 32
 * @param mountPath where the app finds it: absolute, without {@code .} and {@code ..}
 * @param createdBy null where an API key made it
 */
public record Volume(
    UUID id,
    UUID tenantId,
    UUID appId,
    String name,
    String mountPath,
    @Nullable UUID createdBy,
    Instant createdAt) {

  /** What tells the app where the folder is, also where nothing can be mounted. */
  public String variable() {
    return "VOLUME_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
