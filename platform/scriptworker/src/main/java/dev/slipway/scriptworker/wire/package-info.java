/**
 * The protocol between the host and a worker: length-prefixed frames of one message each. Both
 * sides hold the other to the bounds that stand here, the host because it must not trust a worker.
 */
@NullMarked
package dev.slipway.scriptworker.wire;

import org.jspecify.annotations.NullMarked;
