/** Server-sent event streams. */
@NullMarked
package dev.slipway.http.stream;

import org.jspecify.annotations.NullMarked;
