package dev.slipway.events;

import org.jspecify.annotations.Nullable;

/** Carries topics from the node that raises them to all nodes, itself included. */
interface Carrier extends AutoCloseable {
  /** Raises a topic: when the current writing unit of work commits, where there is one. */
  void raise(String topic);

  /**
   * The channel on which a statement of the current unit of work may notify by itself; null where
   * that reaches nobody.
   */
  @Nullable String channel();

  @Override
  void close();
}
