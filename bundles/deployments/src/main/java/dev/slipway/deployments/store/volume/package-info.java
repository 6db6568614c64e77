/** Volumes, kept volumes, and the Compose projects that have such, as rows. */
@NullMarked
package dev.slipway.deployments.store.volume;

import org.jspecify.annotations.NullMarked;
