/** The operations on deployments. */
@NullMarked
package dev.slipway.deployments.resource;

import org.jspecify.annotations.NullMarked;
