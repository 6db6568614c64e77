/** The REST operations of webhooks; members in camelCase. */
@NullMarked
@CamelCase
package dev.slipway.webhooks.resource;

import dev.slipway.api.rest.CamelCase;
import org.jspecify.annotations.NullMarked;
