/** Runs a bundle's changelog once, as the owner of the tables. */
@NullMarked
package dev.slipway.store.migrate;

import org.jspecify.annotations.NullMarked;
