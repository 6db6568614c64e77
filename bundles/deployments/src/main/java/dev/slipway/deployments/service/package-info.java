/** Deployments: asking for one, what its steps are, and what its end means for the app. */
@NullMarked
package dev.slipway.deployments.service;

import org.jspecify.annotations.NullMarked;
