/** The agent's key pair and the sealed form in which secrets reach it. */
@NullMarked
package dev.slipway.agent.secret;

import org.jspecify.annotations.NullMarked;
