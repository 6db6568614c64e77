package dev.slipway.deployments.health;

import org.jspecify.annotations.Nullable;

/**
 * What a version must keep to.
 *
 * @param score the least
 * @param errorPercent the most; null = whatever the score allows
 * @param p95Ms the most; null = whatever the score allows
 */
public record Limits(int score, @Nullable Double errorPercent, @Nullable Integer p95Ms) {
  /** Of a version whose app has no policy. */
  public static final Limits NONE = new Limits(0, null, null);
}
