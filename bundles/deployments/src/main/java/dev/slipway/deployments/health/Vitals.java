package dev.slipway.deployments.health;

import org.jspecify.annotations.Nullable;

/**
 * What was measured of a version.
 *
 * @param failed requests that were answered with 5xx, or not at all
 * @param p95Ms 95 of 100 answers took no longer; null without requests
 * @param restarts how often its instances ended without being told to
 * @param checks how often its health was checked
 * @param passed how many of these checks it passed
 * @param memoryPercent the most of the allowed memory that an instance used; null where unknown
 */
public record Vitals(
    long requests,
    long failed,
    @Nullable Double p95Ms,
    int restarts,
    int checks,
    int passed,
    @Nullable Double memoryPercent) {
  /** Of fewer requests one that fails is too large a part, unless several do. */
  private static final int ENOUGH = 50;

  private static final int ENOUGH_FAILED = 5;

  /** Nothing was measured. */
  public static final Vitals NONE = new Vitals(0, 0, null, 0, 0, 0, null);

  /** Whether the requests are enough to judge by. */
  public boolean isTelling() {
    return requests >= ENOUGH || failed >= ENOUGH_FAILED;
  }

  /** Failed requests in percent; 0 without any. */
  public double errorPercent() {
    return requests == 0 ? 0 : 100.0 * failed / requests;
  }
}
