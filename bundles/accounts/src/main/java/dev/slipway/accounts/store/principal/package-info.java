/** Who stands behind a session or an API key, by one statement each. */
@NullMarked
package dev.slipway.accounts.store.principal;

import org.jspecify.annotations.NullMarked;
