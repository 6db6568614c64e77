/** Bodies and refusals as JSON: strict reading, checking, problem+json. */
@NullMarked
package dev.slipway.http.json;

import org.jspecify.annotations.NullMarked;
