/** Operations on what waits: votes, decisions, policies, the queue. */
@NullMarked
package dev.slipway.deployments.resource.approval;

import org.jspecify.annotations.NullMarked;
