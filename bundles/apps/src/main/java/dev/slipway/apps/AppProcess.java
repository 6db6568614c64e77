package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What runs of an app beside the instances that answer its requests, such as a worker of its queue:
 * from the same image, with the same variables, volumes and limits, by another command. No request
 * reaches it.
 *
 * @param name unique in the app, and not {@link #WEB}: lower-case letters, digits and hyphens, at
 *     most 30, a letter first
 * @param command for {@code sh -c}
 * @param replicas 0 to 20; with 0 it does not run
 * @param createdBy null where an API key made it
 */
public record AppProcess(
    UUID id,
    UUID tenantId,
    UUID appId,
    String name,
    String command,
    int replicas,
    @Nullable UUID createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /** What the instances are called that answer requests. */
  public static final String WEB = "web";

  /** The same with another command, or in another number. */
  public AppProcess with(String otherCommand, int otherReplicas, Instant now) {
    return new AppProcess(
        id, tenantId, appId, name, otherCommand, otherReplicas, createdBy, createdAt, now);
  }
}
