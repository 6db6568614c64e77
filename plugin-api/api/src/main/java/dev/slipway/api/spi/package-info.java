/**
 * What a bundle implements and registers as an OSGi service for the platform to call. New methods
 * here always come with a default.
 */
@NullMarked
@Export
@Version("1.2.0")
package dev.slipway.api.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
