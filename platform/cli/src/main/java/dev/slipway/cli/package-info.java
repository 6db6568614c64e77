/**
 * The client program: {@code slipway <noun> <verb>}. It knows the platform by its HTTP contract
 * only and shares no code with it, so that any client talks to any platform of the same API
 * version.
 */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
