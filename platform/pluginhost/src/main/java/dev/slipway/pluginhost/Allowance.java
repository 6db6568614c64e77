package dev.slipway.pluginhost;

/** So many at once, and so many a second. */
final class Allowance {
  private final double most;
  private final double perNano;
  private double left;
  private long lastNanos;
  private boolean begun;

  Allowance(int atOnce, int perSecond) {
    most = atOnce;
    left = atOnce;
    perNano = perSecond / 1e9;
  }

  /** Takes one where there is one. */
  synchronized boolean take(long nowNanos) {
    if (begun) {
      left = Math.min(most, left + (nowNanos - lastNanos) * perNano);
    }
    begun = true;
    lastNanos = nowNanos;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
