/** How accounts, and with them tenants, come to be. */
@NullMarked
package dev.slipway.accounts.service.registration;

import org.jspecify.annotations.NullMarked;
