/** Tenants, memberships and invitations as rows. */
@NullMarked
package dev.slipway.accounts.store.tenant;

import org.jspecify.annotations.NullMarked;
