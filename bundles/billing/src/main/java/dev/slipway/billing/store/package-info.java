/** The feature's tables. */
@NullMarked
package dev.slipway.billing.store;

import org.jspecify.annotations.NullMarked;
