/**
 * What is shown of apps and deployments: to the console, in comparisons, as streams, to other
 * features.
 */
@NullMarked
package dev.slipway.deployments.service.overview;

import org.jspecify.annotations.NullMarked;
