package dev.slipway.dist;

import org.jspecify.annotations.Nullable;

/** With nothing beside the database. */
class ManyNodesIT extends TwoNodes {
  @Override
  @Nullable String nats() {
    return null;
  }
}
