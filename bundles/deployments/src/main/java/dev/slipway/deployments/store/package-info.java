/**
 * Deployments, actions, their steps, instances and routes as rows; a package for each capability
 * has its own.
 */
@NullMarked
package dev.slipway.deployments.store;

import org.jspecify.annotations.NullMarked;
