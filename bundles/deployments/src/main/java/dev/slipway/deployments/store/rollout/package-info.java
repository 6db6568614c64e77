/** Rollout policies, rollouts by them, and health scores as rows. */
@NullMarked
package dev.slipway.deployments.store.rollout;

import org.jspecify.annotations.NullMarked;
