/** Servers, the nodes that hold their streams, and grants on them as rows. */
@NullMarked
package dev.slipway.fleet.store.server;

import org.jspecify.annotations.NullMarked;
