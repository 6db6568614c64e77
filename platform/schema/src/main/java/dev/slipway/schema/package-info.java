/**
 * JSON Schema for the whole platform: settings of plugins, and what scripts get, return and call.
 * Bundles have it as {@link dev.slipway.api.platform.JsonSchemas}.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.schema;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
