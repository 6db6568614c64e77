/** Records of zones, at whoever keeps them. */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.api.dns;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
