/** Terminals in containers, from whichever node a client reaches to the one that has the agent. */
@NullMarked
package dev.slipway.fleet.service.terminal;

import org.jspecify.annotations.NullMarked;
