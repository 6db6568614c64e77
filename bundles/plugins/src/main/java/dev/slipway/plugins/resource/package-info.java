/** The operations on plugins. */
@NullMarked
package dev.slipway.plugins.resource;

import org.jspecify.annotations.NullMarked;
