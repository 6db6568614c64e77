/**
 * The agents' side: the gRPC service of the agent contract, its streams, and what passes through
 * them.
 */
@NullMarked
package dev.slipway.fleet.wire;

import org.jspecify.annotations.NullMarked;
