/**
 * Pages of the console about apps and deployments; the templates in {@code src/main/jte} become
 * classes here.
 */
@NullMarked
package dev.slipway.deployments.page;

import org.jspecify.annotations.NullMarked;
