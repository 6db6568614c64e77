/** The engine: GraalJS, interpreted, with the limits of its sandbox. */
@NullMarked
package dev.slipway.scriptworker.graal;

import org.jspecify.annotations.NullMarked;
