/** Operations on variables and their versions. */
@NullMarked
package dev.slipway.apps.resource.variable;

import org.jspecify.annotations.NullMarked;
