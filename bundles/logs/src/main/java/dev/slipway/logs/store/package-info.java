/** The table of lines. */
@NullMarked
package dev.slipway.logs.store;

import org.jspecify.annotations.NullMarked;
