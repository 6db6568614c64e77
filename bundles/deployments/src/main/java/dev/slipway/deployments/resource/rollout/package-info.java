/** Operations on rollout policies, scores and the comparison of traffic. */
@NullMarked
package dev.slipway.deployments.resource.rollout;

import org.jspecify.annotations.NullMarked;
