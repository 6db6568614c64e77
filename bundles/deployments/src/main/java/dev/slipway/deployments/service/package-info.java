/**
 * What the capabilities below this package have in common: where versions run, what they are made
 * of, how far they are, what is taken off servers. Each capability is a package of its own, by the
 * same name here, in {@code resource} and in {@code store}; they use each other in one direction.
 */
@NullMarked
package dev.slipway.deployments.service;

import org.jspecify.annotations.NullMarked;
