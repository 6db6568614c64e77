/**
 * Compose files as far as they are supported: text becomes services, or a list of all that is wrong
 * with it. Knows no engine and no platform, so that agents and bundles read files alike.
 */
@NullMarked
package dev.slipway.compose;

import org.jspecify.annotations.NullMarked;
