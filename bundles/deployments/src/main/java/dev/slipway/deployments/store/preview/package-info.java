/** Previews and their rules as rows. */
@NullMarked
package dev.slipway.deployments.store.preview;

import org.jspecify.annotations.NullMarked;
