package dev.slipway.events;

import java.util.Optional;

/** Carries topics from the node that raises them to all nodes, itself included. */
interface Carrier extends AutoCloseable {
  /** Raises a topic: when the current writing unit of work commits, where there is one. */
  void raise(String topic);

  /** What the current unit of work tells when it commits; empty where none writes. */
  Optional<Outbox> outbox();

  @Override
  void close();
}
