package dev.slipway.events;

import java.time.Duration;

/**
 * The times of delivery.
 *
 * @param lease how long a delivery that has stopped to answer keeps its cursor from others
 * @param firstRetry pause after the first failure; doubles with each further one
 * @param longestRetry where the doubling ends
 * @param attempts failures after which an event is passed over
 * @param safety how often to look although no signal came
 */
record Pace(
    Duration lease, Duration firstRetry, Duration longestRetry, int attempts, Duration safety) {

  static final Pace NORMAL =
      new Pace(
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          12,
          Duration.ofSeconds(30));

  /** An owner trusts its lease less long than it lasts, so that two never own a cursor at once. */
  Duration trust() {
    return lease.multipliedBy(2).dividedBy(3);
  }

  /** How often to renew a lease in use. */
  Duration renewal() {
    return lease.dividedBy(4);
  }

  /** How long what is done may stay unsaved: after a crash so much is delivered again. */
  Duration unsaved() {
    return lease.dividedBy(30);
  }

  /** Pause after so many failures in a row. */
  Duration retryAfter(int failures) {
    var pause = firstRetry;
    for (var i = 1; i < failures && pause.compareTo(longestRetry) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestRetry) > 0 ? longestRetry : pause;
  }
}
