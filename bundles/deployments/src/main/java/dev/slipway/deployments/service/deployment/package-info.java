/**
 * Asking for a deployment: of a version, an image, an earlier version, another number of instances.
 */
@NullMarked
package dev.slipway.deployments.service.deployment;

import org.jspecify.annotations.NullMarked;
