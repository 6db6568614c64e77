/** Operations on projects, their members and their apps. */
@NullMarked
package dev.slipway.apps.resource.project;

import org.jspecify.annotations.NullMarked;
