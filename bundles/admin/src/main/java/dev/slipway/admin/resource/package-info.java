/** The admin area over HTTP; members in camelCase. */
@NullMarked
@CamelCase
package dev.slipway.admin.resource;

import dev.slipway.api.rest.CamelCase;
import org.jspecify.annotations.NullMarked;
