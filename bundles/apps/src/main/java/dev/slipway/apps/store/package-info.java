/** The feature's tables. */
@NullMarked
package dev.slipway.apps.store;

import org.jspecify.annotations.NullMarked;
