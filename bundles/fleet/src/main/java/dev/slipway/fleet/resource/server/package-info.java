/** Operations on servers and the grants on them. */
@NullMarked
package dev.slipway.fleet.resource.server;

import org.jspecify.annotations.NullMarked;
