/** Pushes, repositories and archives as rows. */
@NullMarked
package dev.slipway.deployments.store.push;

import org.jspecify.annotations.NullMarked;
