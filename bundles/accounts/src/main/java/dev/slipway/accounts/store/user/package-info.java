/** Users and their passwords as rows. */
@NullMarked
package dev.slipway.accounts.store.user;

import org.jspecify.annotations.NullMarked;
