/**
 * How a version takes the place of the one before: policies, plans, and the gates, measures and
 * scores by which it goes on.
 */
@NullMarked
package dev.slipway.deployments.service.rollout;

import org.jspecify.annotations.NullMarked;
