package dev.slipway.webhooks.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a delivery that failed is tried again: three times soon, then seven times over four days.
 */
final class RetryPlan {
  private static final List<Duration> PROMPT =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30));
  private static final List<Duration> SLOW =
      List.of(
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24),
          Duration.ofHours(24));

  static final int PROMPT_RETRIES = PROMPT.size();
  static final int ALL_RETRIES = PROMPT.size() + SLOW.size();

  /** A receiver can ask for no more than that. */
  static final Duration LONGEST_WISH = Duration.ofHours(24);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double JITTER = 0.1;

  private RetryPlan() {}

  /** How many retries are planned once so many have been made and the last one failed. */
  static int planned(int retries) {
    return retries < PROMPT_RETRIES ? PROMPT_RETRIES : ALL_RETRIES;
  }

  /**
   * The pause before the next retry; empty where there is none.
   *
   * @param retries how many have been made
   * @param wish what the receiver asked for
   * @param random 0..1: up to a tenth is added, so that what failed together does not come back
   *     together
   */
  static Optional<Duration> next(int retries, @Nullable Duration wish, double random) {
    if (retries >= ALL_RETRIES) {
      return Optional.empty();
    }
    var planned =
        retries < PROMPT_RETRIES ? PROMPT.get(retries) : SLOW.get(retries - PROMPT_RETRIES);
    var pause = planned.plusMillis((long) (planned.toMillis() * JITTER * random));
    return Optional.of(wish != null && wish.compareTo(pause) > 0 ? wish : pause);
  }

  /** The pause between deliveries to a receiver that can not keep up: it doubles. */
  static Duration slower(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(SHORTEST_PAUSE) < 0
        ? SHORTEST_PAUSE
        : twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  /** The pause between deliveries to a receiver that keeps up again: it halves, and then ends. */
  static Duration faster(Duration pause) {
    var half = pause.dividedBy(2);
    return half.compareTo(SHORTEST_PAUSE) < 0 ? Duration.ZERO : half;
  }
}
