/** Rows. */
@NullMarked
package dev.slipway.scripts.store;

import org.jspecify.annotations.NullMarked;
