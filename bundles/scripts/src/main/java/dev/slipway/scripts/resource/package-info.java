/** The REST operations. */
@NullMarked
package dev.slipway.scripts.resource;

import org.jspecify.annotations.NullMarked;
