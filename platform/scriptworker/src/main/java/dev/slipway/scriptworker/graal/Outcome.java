package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.wire.Message.Fault;

/** How a script that was not ended has come out. */
sealed interface Outcome {
  /** It returned something that JSON can hold. */
  record Value(String json) implements Outcome {}

  /** It threw, or returned nothing that can be passed on. */
  record Failure(Fault fault) implements Outcome {}
}
