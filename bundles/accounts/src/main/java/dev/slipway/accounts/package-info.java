/**
 * Who may use the platform: users, tenants, memberships, logins and API keys. Owns the tables
 * {@code accounts_*}; all of them are platform tables, because sign-in happens before a tenant is
 * known, so access is checked in the services. The platform asks this bundle through {@link
 * dev.slipway.api.spi.PrincipalSource}. Features that run the platform or charge for it call {@link
 * dev.slipway.accounts.Tenants}, {@link dev.slipway.accounts.Users} and {@link
 * dev.slipway.accounts.ApiKeys}; the one that knows the plans registers a {@link
 * dev.slipway.accounts.SeatLimit}; all others listen to {@link dev.slipway.accounts.AccountsEvent}.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.accounts;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
