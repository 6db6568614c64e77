/** The operations the platform serves itself. */
@NullMarked
package dev.slipway.http.resource;

import org.jspecify.annotations.NullMarked;
