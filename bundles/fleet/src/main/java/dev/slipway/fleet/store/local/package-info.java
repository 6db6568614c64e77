/** The server that the platform runs itself as a row. */
@NullMarked
package dev.slipway.fleet.store.local;

import org.jspecify.annotations.NullMarked;
