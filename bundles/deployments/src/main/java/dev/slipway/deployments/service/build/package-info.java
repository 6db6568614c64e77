/** Builds as agents report them, and the releases that they made. */
@NullMarked
package dev.slipway.deployments.service.build;

import org.jspecify.annotations.NullMarked;
