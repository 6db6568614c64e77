/**
 * Operations on deployments, a package for each capability; here is what several of them answer.
 */
@NullMarked
package dev.slipway.deployments.resource;

import org.jspecify.annotations.NullMarked;
