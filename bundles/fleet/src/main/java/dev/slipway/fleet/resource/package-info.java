/** Operations on servers, agents and their installation. */
@NullMarked
package dev.slipway.fleet.resource;

import org.jspecify.annotations.NullMarked;
