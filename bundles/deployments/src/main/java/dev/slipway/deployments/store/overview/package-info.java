/** Statements that count, or gather at once what the console shows. */
@NullMarked
package dev.slipway.deployments.store.overview;

import org.jspecify.annotations.NullMarked;
