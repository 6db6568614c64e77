package dev.slipway.jobs;

import java.time.Duration;

/**
 * The times of the scheduler.
 *
 * @param poll how often to look for what is due; what this node itself makes due is not waited for
 * @param heartbeat how often a run says that it lives; after four missed ones another node takes
 *     its job over
 * @param absent when to look again for a job whose bundle is not here
 * @param grace how long a run may go on when its bundle or the platform stops, before it is
 *     interrupted, and once more after that
 */
record Timing(Duration poll, Duration heartbeat, Duration absent, Duration grace) {
  static final Timing NORMAL =
      new Timing(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));
}
