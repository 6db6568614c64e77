package dev.slipway.cli.api;

/** What a call must carry. */
public enum Access {
  /** Nothing. */
  NONE,
  /** A token. */
  USER,
  /** A token and the tenant's id. */
  TENANT
}
