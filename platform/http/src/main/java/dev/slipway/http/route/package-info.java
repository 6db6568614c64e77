/** Which bundle serves which route, and the swap of generations when that changes. */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.http.route;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
