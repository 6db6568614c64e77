package dev.slipway.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A member's role in one tenant. Order matters: a later constant may do all that an earlier one
 * may.
 */
@ProviderType
public enum Role {
  USER,
  ADMIN,
  OWNER;

  /** Whether this role includes the rights of {@code needed}. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
