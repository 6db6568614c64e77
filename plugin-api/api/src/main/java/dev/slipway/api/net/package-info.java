/** Outgoing HTTP through the egress guard. */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.api.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
