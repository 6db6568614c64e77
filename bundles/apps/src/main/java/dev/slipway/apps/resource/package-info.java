/** Operations on projects and apps, a package for each capability. */
@NullMarked
package dev.slipway.apps.resource;

import org.jspecify.annotations.NullMarked;
