/** Credentials of agents as rows. */
@NullMarked
package dev.slipway.fleet.store.agent;

import org.jspecify.annotations.NullMarked;
