package dev.slipway.fleet;

/** What somebody may do to a server. Order matters: a later constant may do all an earlier may. */
public enum ServerRight {
  /** See it. Every member of the tenant may. */
  VIEWER,
  /** Keep it running: close and open it for deployments, restart what runs there. */
  OPERATOR,
  /** Change what it is, and who holds which right. */
  ADMIN;

  /** Whether this right includes another. */
  public boolean includes(ServerRight needed) {
    return compareTo(needed) >= 0;
  }
}
