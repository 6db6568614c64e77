/** Rate limits and idempotent repetition. */
@NullMarked
package dev.slipway.http.limit;

import org.jspecify.annotations.NullMarked;
