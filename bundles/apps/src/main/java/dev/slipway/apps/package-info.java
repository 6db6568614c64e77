/**
 * Projects, apps, their environments and variables: what is to be run, not how it is brought to
 * run. Owns the tables {@code apps_project}, {@code apps_app}, {@code apps_environment}, {@code
 * apps_env_var}, {@code apps_env_var_version}, {@code apps_secret_read}, {@code
 * apps_secret_rotation}, {@code apps_secret_lease}, {@code apps_secret_template}, {@code
 * apps_resource_limits}, {@code apps_build_cache}, {@code apps_volume}, {@code apps_process},
 * {@code apps_release_hook} and {@code apps_registry_credential}.
 *
 * <p>The features that build, run and watch apps call {@link dev.slipway.apps.Apps}, {@link
 * dev.slipway.apps.Environments}, {@link dev.slipway.apps.Volumes}, {@link
 * dev.slipway.apps.Processes}, {@link dev.slipway.apps.ReleaseHooks} and {@link
 * dev.slipway.apps.Registries}, and {@link dev.slipway.apps.SecretLeases} when they hand secrets
 * over; those that count what happens in environments register {@link
 * dev.slipway.apps.EnvironmentFigures}, and those that own a section of the file that describes an
 * app {@link dev.slipway.apps.AppFilePart}. Taking an app down is theirs too: they hear {@code
 * apps.app.deletion_requested} and answer with {@link dev.slipway.apps.Apps#deleted}. This bundle
 * calls fleet (does the server exist) and activity (the account of a deletion).
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.apps;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
