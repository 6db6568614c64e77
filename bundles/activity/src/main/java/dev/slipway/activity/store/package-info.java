/** The tables of operations and their steps. */
@NullMarked
package dev.slipway.activity.store;

import org.jspecify.annotations.NullMarked;
