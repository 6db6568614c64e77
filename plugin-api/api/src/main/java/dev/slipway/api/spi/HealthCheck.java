package dev.slipway.api.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that must work before the platform calls itself ready. What a plugin registers says how
 * the plugin is: one that is not well ten seconds after its start is not taken, and an update falls
 * back to the version before; the platform is ready without it.
 */
@ConsumerType
public interface HealthCheck {
  /** Short name such as {@code database}. */
  String name();

  /**
   * Looks, within two seconds.
   *
   * @return what was found; {@link Health#ok} false makes {@code /health/ready} answer 503
   */
  Health check();

  /**
   * The outcome.
   *
   * @param ok whether it works
   * @param detail one phrase for operators; no secrets
   */
  record Health(boolean ok, String detail) {}
}
