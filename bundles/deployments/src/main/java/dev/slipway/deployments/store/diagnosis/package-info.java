/** Findings about failed deployments as rows. */
@NullMarked
package dev.slipway.deployments.store.diagnosis;

import org.jspecify.annotations.NullMarked;
