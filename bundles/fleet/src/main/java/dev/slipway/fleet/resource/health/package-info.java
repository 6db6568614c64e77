/** Operations on what is measured of servers. */
@NullMarked
package dev.slipway.fleet.resource.health;

import org.jspecify.annotations.NullMarked;
