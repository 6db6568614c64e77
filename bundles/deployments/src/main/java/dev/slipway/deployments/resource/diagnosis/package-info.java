/** Operations on the causes of failures. */
@NullMarked
package dev.slipway.deployments.resource.diagnosis;

import org.jspecify.annotations.NullMarked;
