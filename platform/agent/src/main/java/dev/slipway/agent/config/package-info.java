/** The agent's settings, read once from the environment. */
@NullMarked
package dev.slipway.agent.config;

import org.jspecify.annotations.NullMarked;
