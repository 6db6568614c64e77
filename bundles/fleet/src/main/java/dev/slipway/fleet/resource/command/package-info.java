/** Operations on commands. */
@NullMarked
package dev.slipway.fleet.resource.command;

import org.jspecify.annotations.NullMarked;
