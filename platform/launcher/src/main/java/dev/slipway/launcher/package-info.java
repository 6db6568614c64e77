/**
 * The program behind {@code bin/slipway run}: reads the options, takes the data folder, starts the
 * database and the OSGi framework with all bundles, waits until they are ready, tells the operator
 * so, and stops everything in reverse. It knows the bundles by their manifests only.
 */
@NullMarked
package dev.slipway.launcher;

import org.jspecify.annotations.NullMarked;
