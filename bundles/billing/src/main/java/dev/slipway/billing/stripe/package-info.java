/** Stripe's API: the only place that sees its library. */
@NullMarked
package dev.slipway.billing.stripe;

import org.jspecify.annotations.NullMarked;
