/** Pools, placement rules and edges as rows. */
@NullMarked
package dev.slipway.fleet.store.placement;

import org.jspecify.annotations.NullMarked;
