/**
 * Brings apps to run, in production and in environments: deployments with their queue and
 * approvals, builds and releases, promotions, rollbacks, restart, stop and start, and the teardown
 * of apps and environments that are deleted; tells why one failed. Keeps source that is uploaded or
 * pushed. Owns the tables {@code deployments_*} and the folder {@code deployments} in the data
 * folder.
 *
 * <p>The features that join their data with deployments call {@link
 * dev.slipway.deployments.Deployments}. This bundle calls fleet (servers, commands), apps (what is
 * to run, and where), activity (the account of the work) and logs.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.deployments;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
