package dev.slipway.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param name 1..200 characters
 * @param slug 1..100 lower-case letters, digits and hyphens; unique
 * @param root whether its admins run the platform; one tenant at most
 * @param active false = its members keep their seats but may do nothing there
 */
public record Tenant(
    UUID id,
    String name,
    String slug,
    boolean root,
    boolean active,
    Instant createdAt,
    Instant updatedAt) {

  /** The same tenant by another name. */
  public Tenant withName(String other, Instant now) {
    return new Tenant(id, other, slug, root, active, createdAt, now);
  }

  /** The same tenant, switched on or off. */
  public Tenant withActive(boolean on, Instant now) {
    return new Tenant(id, name, slug, root, on, createdAt, now);
  }
}
