/** Agents: their credentials and secrets, their updates, and what they are asked right now. */
@NullMarked
package dev.slipway.fleet.service.agent;

import org.jspecify.annotations.NullMarked;
