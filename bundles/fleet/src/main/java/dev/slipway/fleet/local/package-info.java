/**
 * The agent that the platform enrols and runs itself, so that a newcomer's first deployment has a
 * server to go to: a process of its own that outlives updates and crashes of the platform and ends
 * with an orderly stop.
 */
@NullMarked
package dev.slipway.fleet.local;

import org.jspecify.annotations.NullMarked;
