/** Operations on environments and the ways of promotion. */
@NullMarked
package dev.slipway.apps.resource.environment;

import org.jspecify.annotations.NullMarked;
