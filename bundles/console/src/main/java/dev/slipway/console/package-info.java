/**
 * What all pages of the console have in common: the frame with sign-in and navigation, style,
 * scripts, and the way in which templates become text. Owns no table.
 *
 * <p>Features that have pages ask {@link dev.slipway.console.Console} for the frame, and register a
 * {@link dev.slipway.console.ConsoleEntry} for each page that people shall find.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.console;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
