/** The operations resource and its payloads. */
@NullMarked
package dev.slipway.activity.resource;

import org.jspecify.annotations.NullMarked;
