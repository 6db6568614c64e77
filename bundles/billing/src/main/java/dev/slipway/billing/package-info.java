/**
 * Plans, credit bundles, subscriptions, credits and the ledger of what tenants paid. Owns the
 * tables {@code billing_*}; the ledger and the credit movements can only be added to.
 *
 * <p>Features ask {@link dev.slipway.billing.Entitlements} what a tenant's plan allows; the admin
 * area calls {@link dev.slipway.billing.BillingAccounts}. Payment is Stripe's: its library, and the
 * one that renders invoices, travel inside this bundle. This bundle calls accounts.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.billing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
