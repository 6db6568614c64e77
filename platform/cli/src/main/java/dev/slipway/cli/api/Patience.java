package dev.slipway.cli.api;

import dev.slipway.cli.output.CliException;
import java.time.Duration;

/**
 * Bears failures that may pass, such as a restart of the platform, for a limited time counted from
 * the last success.
 */
public final class Patience {
  private final Duration limit;
  private long lastSuccess = System.nanoTime();
  private boolean failing;

  public Patience(Duration limit) {
    this.limit = limit;
  }

  public void succeeded() {
    lastSuccess = System.nanoTime();
    failing = false;
  }

  /** Throws what is final or has lasted too long; true on the first failure of a row. */
  public boolean bear(CliException failure) {
    var passing =
        switch (failure) {
          case UnreachableException e -> true;
          case ApiException e -> e.isPassing();
          default -> false;
        };
    if (!passing || System.nanoTime() - lastSuccess > limit.toNanos()) {
      throw failure;
    }
    var first = !failing;
    failing = true;
    return first;
  }
}
