/**
 * Tenants' scripts: what is attached where, its versions, its executions. Owns the tables {@code
 * scripts_*}. Hooks and functions come from whichever bundle registers them; this one brings those
 * that need no other feature. The platform's sandbox runs the sources; here is decided with whose
 * rights, and what becomes of the outcome.
 *
 * <p>Features that have a hook call {@link dev.slipway.api.script.Scripts}. This bundle calls
 * accounts (who owns a script, and with which role).
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.scripts;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
