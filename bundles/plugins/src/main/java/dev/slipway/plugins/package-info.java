/**
 * The operations through which operators administer feature bundles and plugins. Owns no table; the
 * plugin host does the work.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.plugins;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
