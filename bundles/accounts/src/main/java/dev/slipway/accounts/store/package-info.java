/** The tables of this feature. */
@NullMarked
package dev.slipway.accounts.store;

import org.jspecify.annotations.NullMarked;
