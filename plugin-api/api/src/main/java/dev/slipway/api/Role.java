package dev.slipway.api;

/**
 * A member's role in one tenant. Order matters: a later constant may do all that an earlier one
 * may.
 */
public enum Role {
  USER,
  ADMIN,
  OWNER;

  /** Whether this role includes the rights of {@code needed}. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
