/** Rows of servers and commands, and the statements on them. */
@NullMarked
package dev.slipway.fleet.store;

import org.jspecify.annotations.NullMarked;
