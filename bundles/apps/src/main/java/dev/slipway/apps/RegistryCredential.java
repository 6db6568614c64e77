package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who the tenant's servers are when they ask a registry for an image.
 *
 * @param version counted up by every change
 * @param host the registry with its port, such as {@code registry.example.com:5000}; {@code
 *     docker.io} for images that name none
 * @param password sealed
 * @param createdBy null where an API key made it
 * @param lastUsedAt when a server got it; null before the first time
 */
public record RegistryCredential(
    UUID id,
    int version,
    UUID tenantId,
    String host,
    String username,
    String password,
    @Nullable UUID createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastUsedAt) {

  /** Where a password is stored, so that it opens there and nowhere else. */
  public static String place(UUID id) {
    return "apps_registry_credential/" + id + "/password";
  }

  /** The same registry by another account. */
  public RegistryCredential by(String otherUsername, String otherPassword, Instant now) {
    return new RegistryCredential(
        id,
        version,
        tenantId,
        host,
        otherUsername,
        otherPassword,
        createdBy,
        createdAt,
        now,
        lastUsedAt);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RegistryCredential[id=" + id + ", host=" + host + ", username=" + username + "]";
  }
}
