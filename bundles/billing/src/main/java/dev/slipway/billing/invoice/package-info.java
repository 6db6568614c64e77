/** Invoices as people read them. */
@NullMarked
package dev.slipway.billing.invoice;

import org.jspecify.annotations.NullMarked;
