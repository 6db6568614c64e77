package dev.slipway.api.spi;

import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears which users use the platform; registered as a service. */
@ConsumerType
public interface UserActivityListener {
  /**
   * A user has just used the platform with an access token: told at least once a minute and node
   * for as long as that goes on, not with every request. Called on the request's thread: must be
   * quick, keep off the database, and throw nothing.
   */
  void active(UUID userId);
}
