/** Operations of agents themselves, and on their credentials. */
@NullMarked
package dev.slipway.fleet.resource.agent;

import org.jspecify.annotations.NullMarked;
