/** Mailed tokens, and requests for mails, as rows. */
@NullMarked
package dev.slipway.accounts.store.credential;

import org.jspecify.annotations.NullMarked;
