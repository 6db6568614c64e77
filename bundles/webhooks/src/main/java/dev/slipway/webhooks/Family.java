package dev.slipway.webhooks;

/** Whose endpoints, and what they may hear. */
public enum Family {
  /** Endpoints of the root tenant: what happens on the platform, in whichever tenant. */
  ADMIN,
  /** Endpoints of any tenant: what happens to its own deployments. */
  DEPLOY
}
