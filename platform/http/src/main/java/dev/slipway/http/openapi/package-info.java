/** The OpenAPI document and the reference page, made from what is active. */
@NullMarked
package dev.slipway.http.openapi;

import org.jspecify.annotations.NullMarked;
