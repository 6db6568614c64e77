/** The operations on logs. */
@NullMarked
package dev.slipway.logs.resource;

import org.jspecify.annotations.NullMarked;
