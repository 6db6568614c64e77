/** The agent's replacement by another version of itself. */
@NullMarked
package dev.slipway.agent.update;

import org.jspecify.annotations.NullMarked;
