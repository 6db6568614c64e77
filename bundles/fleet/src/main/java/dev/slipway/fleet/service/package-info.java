/**
 * What the capabilities below this package have in common: signals between nodes, what stands on a
 * server, how the database's absence is waited out. Each capability is a package of its own, by the
 * same name here, in {@code resource} and in {@code store}; they use each other in one direction.
 */
@NullMarked
package dev.slipway.fleet.service;

import org.jspecify.annotations.NullMarked;
