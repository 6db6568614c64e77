/** Operations on reliability checks. */
@NullMarked
package dev.slipway.fleet.resource.reliability;

import org.jspecify.annotations.NullMarked;
