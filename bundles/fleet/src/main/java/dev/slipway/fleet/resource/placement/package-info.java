/** Operations on pools, placement rules and scheduling. */
@NullMarked
package dev.slipway.fleet.resource.placement;

import org.jspecify.annotations.NullMarked;
