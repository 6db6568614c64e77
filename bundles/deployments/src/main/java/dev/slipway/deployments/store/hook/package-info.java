/** Deploy hooks and deploy tokens as rows. */
@NullMarked
package dev.slipway.deployments.store.hook;

import org.jspecify.annotations.NullMarked;
