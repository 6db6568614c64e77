/**
 * The operator's view of the whole platform: dashboard, system log, audit log, nodes and their
 * load, integrations, configuration variables; and the administration of tenants, users, plans of
 * tenants and API keys by way of accounts and billing. Owns the tables {@code admin_*}. Core: it
 * can not be disabled.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
