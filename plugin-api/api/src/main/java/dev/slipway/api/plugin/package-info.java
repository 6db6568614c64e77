/**
 * The state of feature bundles and plugins, for the bundle that administers them, and a plugin's
 * own settings.
 */
@NullMarked
@Export
@Version("1.2.0")
package dev.slipway.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
