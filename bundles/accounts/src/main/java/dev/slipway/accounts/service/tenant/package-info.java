/** Tenants as operators see and change them. */
@NullMarked
package dev.slipway.accounts.service.tenant;

import org.jspecify.annotations.NullMarked;
