/**
 * Projects, apps and their environment variables: what is to be run, not how it is brought to run.
 * Owns the tables {@code apps_project}, {@code apps_app} and {@code apps_env_var}.
 *
 * <p>The features that build, run and watch apps call {@link dev.slipway.apps.Apps}. Taking an app
 * down is theirs too: they hear {@code apps.app.deletion_requested} and answer with {@link
 * dev.slipway.apps.Apps#deleted}. This bundle calls fleet (does the server exist) and activity (the
 * account of a deletion).
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.apps;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
