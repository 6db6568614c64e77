package dev.slipway.api.spi;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears committed events, at least once each and in order per subject. Every listener has a cursor
 * of its own, kept while its bundle is stopped; a failing one is tried again with growing pauses
 * and never holds up another.
 */
@ConsumerType
public interface EventListener {
  /**
   * Name of the cursor, stable over versions and unique on the platform, such as {@code
   * deployments.commands}.
   */
  String name();

  /** What it wants to hear. */
  EventFilter filter();

  /**
   * Handles one event; called on a virtual thread of its own, outside any unit of work, on one node
   * at a time.
   *
   * @throws Exception to have the event delivered again later; after 12 attempts it is recorded as
   *     failed and passed over
   */
  void on(StoredEvent event) throws Exception;
}
