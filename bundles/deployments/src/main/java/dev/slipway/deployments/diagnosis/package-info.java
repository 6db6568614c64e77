/** Finds out why deployments fail: rules over what was recorded of them. */
@NullMarked
package dev.slipway.deployments.diagnosis;

import org.jspecify.annotations.NullMarked;
