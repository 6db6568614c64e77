/** What the JDK lacks for whole folders. */
@NullMarked
package dev.slipway.launcher.files;

import org.jspecify.annotations.NullMarked;
