/**
 * What the four points have in common at which plugins offer something that tenants choose by its
 * key and set up themselves.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.api.offering;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
