/** Pages and parts of the console, comparisons, instances. */
@NullMarked
package dev.slipway.deployments.resource.overview;

import org.jspecify.annotations.NullMarked;
