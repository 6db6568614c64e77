/** How well a version does: scores, gates and comparisons, without input or output. */
@NullMarked
package dev.slipway.deployments.health;

import org.jspecify.annotations.NullMarked;
