/** Operations on builds and releases. */
@NullMarked
package dev.slipway.deployments.resource.build;

import org.jspecify.annotations.NullMarked;
