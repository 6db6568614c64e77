package dev.slipway.fleet.wire;

import java.util.concurrent.TimeUnit;

/** What one agent may ask for: so much at once, and so much a second beyond that. */
final class Allowance {
  private final double most;
  private final double perNano;
  private double left;
  private long at = System.nanoTime();

  Allowance(double most, double perSecond) {
    this.most = most;
    perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    left = most;
  }

  /** Takes what is asked for; false where not even one part of it is left. */
  synchronized boolean take(double asked) {
    var now = System.nanoTime();
    left = Math.min(most, left + (now - at) * perNano);
    at = now;
    if (left < 1) {
      return false;
    }
    // Whoever takes more than there is pays for it afterwards.
    left -= asked;
    return true;
  }
}
