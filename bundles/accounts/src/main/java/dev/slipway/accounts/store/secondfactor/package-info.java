/** Second factors as rows. */
@NullMarked
package dev.slipway.accounts.store.secondfactor;

import org.jspecify.annotations.NullMarked;
