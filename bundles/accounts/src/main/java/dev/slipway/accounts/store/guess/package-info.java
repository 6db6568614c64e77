/** Failed guesses as rows. */
@NullMarked
package dev.slipway.accounts.store.guess;

import org.jspecify.annotations.NullMarked;
