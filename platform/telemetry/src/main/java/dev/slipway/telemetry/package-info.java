/**
 * What a node knows and says of itself: facts, metrics. Exported for other platform parts alone.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.telemetry;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
