/** Terminals over WebSocket. */
@NullMarked
package dev.slipway.fleet.resource.terminal;

import org.jspecify.annotations.NullMarked;
