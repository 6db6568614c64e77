/** Builds as rows. */
@NullMarked
package dev.slipway.deployments.store.build;

import org.jspecify.annotations.NullMarked;
