package dev.slipway.api.offering;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that tenants choose by its key and set up themselves, as often as they like: a channel,
 * an account at a provider, a service. Whoever offers it registers it as a service; it keeps
 * nothing of what tenants have set up, but gets it with each call as a {@link Setup}.
 *
 * <p>The four methods here are asked once, when it is registered, and must answer within two
 * seconds. All other calls are made on a thread of the plugin, outside any unit of work, several at
 * a time, and are interrupted when they take too long.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface Offering {
  /** Form of a key. */
  String KEY = "[a-z][a-z0-9-]{0,39}";

  /**
   * Tells it from others of its kind, and is stored with what tenants set up: stable over versions,
   * of the form {@link #KEY}. Of two with the same key the one that came first stays.
   */
  String key();

  /** For people, 1 to 60 characters. */
  String name();

  /** What it is, in a sentence of at most 300 characters. */
  String description();

  /**
   * JSON Schema 2020-12 of what a tenant sets up, an object. What it does not name is refused,
   * unless it says otherwise. {@code title} and {@code description} of a property make the form;
   * {@code writeOnly} marks a secret, a string at the top level without default.
   */
  default String configuration() {
    return "{\"type\":\"object\"}";
  }
}
