/** Deployment settings as rows. */
@NullMarked
package dev.slipway.deployments.store.settings;

import org.jspecify.annotations.NullMarked;
