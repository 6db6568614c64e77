/** Operations that ask for deployments and actions, and show them. */
@NullMarked
package dev.slipway.deployments.resource.deployment;

import org.jspecify.annotations.NullMarked;
