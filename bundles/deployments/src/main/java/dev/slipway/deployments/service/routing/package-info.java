/** Which containers the host names of a place lead to. */
@NullMarked
package dev.slipway.deployments.service.routing;

import org.jspecify.annotations.NullMarked;
