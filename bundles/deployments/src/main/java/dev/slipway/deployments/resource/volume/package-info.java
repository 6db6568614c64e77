/** Operations on kept volumes. */
@NullMarked
package dev.slipway.deployments.resource.volume;

import org.jspecify.annotations.NullMarked;
