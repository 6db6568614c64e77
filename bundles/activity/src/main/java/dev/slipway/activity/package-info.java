/**
 * Long-running operations and their steps: what was started, how far it is, how it ended. Owns the
 * tables {@code activity_operation} and {@code activity_step}. Every feature that starts long work
 * may call {@link dev.slipway.activity.Operations}; this bundle calls no other feature.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.activity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
