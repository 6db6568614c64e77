/** Messages as rows. */
@NullMarked
package dev.slipway.accounts.store.inbox;

import org.jspecify.annotations.NullMarked;
