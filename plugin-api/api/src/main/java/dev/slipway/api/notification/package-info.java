/** Ways in which notifications reach people. */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.api.notification;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
