/** Projects and what belongs to them. */
@NullMarked
package dev.slipway.apps.service.project;

import org.jspecify.annotations.NullMarked;
