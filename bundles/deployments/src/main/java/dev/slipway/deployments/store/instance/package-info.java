/** Containers of versions and the routes to them, as rows. */
@NullMarked
package dev.slipway.deployments.store.instance;

import org.jspecify.annotations.NullMarked;
