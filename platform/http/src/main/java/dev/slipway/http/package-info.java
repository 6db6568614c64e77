/**
 * The HTTP side of the platform: Jetty in front of one merged Jersey application that is rebuilt
 * and swapped when bundles come and go. Exported for the launcher's other parts and the test kit
 * alone.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
