/** Sessions of terminals as rows. */
@NullMarked
package dev.slipway.fleet.store.terminal;

import org.jspecify.annotations.NullMarked;
