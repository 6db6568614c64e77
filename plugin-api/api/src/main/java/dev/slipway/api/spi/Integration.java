package dev.slipway.api.spi;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** An outside system that the platform works with, as the admin area shows it. */
@ConsumerType
public interface Integration {
  /** Stable lower-case word such as {@code stripe}. */
  String name();

  /** Looks whether it can be used right now; takes 5 seconds at most. */
  Check check();

  /** What a look has found. */
  enum Status {
    HEALTHY,
    UNHEALTHY,
    NOT_CONFIGURED
  }

  /**
   * The finding.
   *
   * @param message for people; holds no secret; null where there is nothing to say
   */
  record Check(Status status, @Nullable String message) {}
}
