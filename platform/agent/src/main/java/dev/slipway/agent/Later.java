package dev.slipway.agent;

import java.time.Duration;

/**
 * Does something a moment after it was asked for, so that the answer to the asker gets out first.
 */
final class Later {
  private static final Duration DELAY = Duration.ofSeconds(1);

  private Later() {}

  static Runnable of(Runnable action) {
    return () -> run(action);
  }

  static void run(Runnable action) {
    Thread.ofPlatform()
        .daemon()
        .name("later")
        .start(
            () -> {
              try {
                Thread.sleep(DELAY);
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
