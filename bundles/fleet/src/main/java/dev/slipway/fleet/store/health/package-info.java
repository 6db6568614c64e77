/** Samples, alerts and events of containers as rows, in partitions by day. */
@NullMarked
package dev.slipway.fleet.store.health;

import org.jspecify.annotations.NullMarked;
