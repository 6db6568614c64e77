/** The platform's JSON dialect, said once. */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.store.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
