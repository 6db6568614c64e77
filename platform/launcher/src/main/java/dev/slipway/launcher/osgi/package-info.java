/** The framework and what stands on the JVM's class path below it. */
@NullMarked
package dev.slipway.launcher.osgi;

import org.jspecify.annotations.NullMarked;
