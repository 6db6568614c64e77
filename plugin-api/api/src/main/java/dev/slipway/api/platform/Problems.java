package dev.slipway.api.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Warnings and errors that this node has logged, the newest thousand of them. */
@ProviderType
public interface Problems {
  /**
   * Problems behind a place, oldest first.
   *
   * @param sequence {@link Problem#sequence} of the last one seen; 0 from the oldest kept
   */
  List<Problem> after(long sequence);

  /**
   * A warning or an error.
   *
   * @param sequence counts from 1 since the start; a gap tells of problems that were dropped
   * @param error whether it is an error, else a warning
   * @param logger name of the logger
   * @param exception class and message of what was thrown, without a stack trace
   */
  record Problem(
      long sequence,
      Instant at,
      boolean error,
      String logger,
      String message,
      @Nullable String exception) {}
}
