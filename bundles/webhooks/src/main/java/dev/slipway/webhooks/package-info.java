/**
 * Outgoing webhooks: endpoints that are told what happens on the platform (of the root tenant) or
 * to a tenant's deployments (of each tenant). Owns the tables {@code webhooks_endpoint}, {@code
 * webhooks_queue} and {@code webhooks_delivery}.
 *
 * <p>What is sent is taken from the event log, so no feature calls this bundle. It calls apps (does
 * the app of an endpoint exist).
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.webhooks;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
