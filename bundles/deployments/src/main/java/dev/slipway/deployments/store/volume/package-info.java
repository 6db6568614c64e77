/** Volumes and kept volumes as rows. */
@NullMarked
package dev.slipway.deployments.store.volume;

import org.jspecify.annotations.NullMarked;
