/** Billing over HTTP; members in camelCase. */
@NullMarked
@CamelCase
package dev.slipway.billing.resource;

import dev.slipway.api.rest.CamelCase;
import org.jspecify.annotations.NullMarked;
