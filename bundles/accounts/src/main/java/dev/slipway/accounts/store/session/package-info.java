/** Sessions and their refresh tokens as rows. */
@NullMarked
package dev.slipway.accounts.store.session;

import org.jspecify.annotations.NullMarked;
