/**
 * The database behind every bundle: pools, units of work under a tenant, row-level security,
 * migrations. Exported for other platform parts alone; features see {@link dev.slipway.data}.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
