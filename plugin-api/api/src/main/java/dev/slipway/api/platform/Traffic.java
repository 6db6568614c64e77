package dev.slipway.api.platform;

import org.osgi.annotation.versioning.ProviderType;

/** How much this node has answered since it started. */
@ProviderType
public interface Traffic {
  /** The totals right now; streams are not counted. */
  Totals totals();

  /**
   * Totals since the start.
   *
   * @param requests answered requests
   * @param nanos time spent on them, in nanoseconds
   */
  record Totals(long requests, long nanos) {}
}
