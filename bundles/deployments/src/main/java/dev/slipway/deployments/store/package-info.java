/** Deployments, actions, their steps, instances, routes and archives as rows. */
@NullMarked
package dev.slipway.deployments.store;

import org.jspecify.annotations.NullMarked;
