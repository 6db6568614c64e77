/** Why deployments failed: looked for when they do, shown to those who want to know. */
@NullMarked
package dev.slipway.deployments.service.diagnosis;

import org.jspecify.annotations.NullMarked;
