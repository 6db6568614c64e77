/**
 * Who may use the platform: users, tenants, memberships, logins and API keys. Owns the tables
 * {@code accounts_*}; all of them are platform tables, because sign-in happens before a tenant is
 * known, so access is checked in the services. The platform asks this bundle through {@link
 * dev.slipway.api.spi.PrincipalSource}; features listen to {@link
 * dev.slipway.accounts.AccountsEvent} and call nothing here.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.accounts;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
