/** Facts about the running platform and small services of its own. */
@NullMarked
@Export
@Version("1.1.0")
package dev.slipway.api.platform;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
