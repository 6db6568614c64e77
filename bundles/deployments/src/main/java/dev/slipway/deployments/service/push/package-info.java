/** Pushes: into the repositories that the platform keeps, and which of them are deployed. */
@NullMarked
package dev.slipway.deployments.service.push;

import org.jspecify.annotations.NullMarked;
