/**
 * Pages of the console about plugins; the templates in {@code src/main/jte} become classes here.
 */
@NullMarked
package dev.slipway.plugins.page;

import org.jspecify.annotations.NullMarked;
