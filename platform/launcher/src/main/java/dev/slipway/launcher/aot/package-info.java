/**
 * The JDK's ahead-of-time cache: classes already loaded and linked, which halves the start. It fits
 * one JDK build and one set of jars only, so each machine makes its own, in the background.
 */
@NullMarked
package dev.slipway.launcher.aot;

import org.jspecify.annotations.NullMarked;
