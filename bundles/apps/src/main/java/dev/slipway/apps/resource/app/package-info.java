/** Operations on apps. */
@NullMarked
package dev.slipway.apps.resource.app;

import org.jspecify.annotations.NullMarked;
