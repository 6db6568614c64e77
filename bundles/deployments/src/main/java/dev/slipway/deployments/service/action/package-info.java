/** Restart, stop and start of what is live, and the way back to it when a deployment ends early. */
@NullMarked
package dev.slipway.deployments.service.action;

import org.jspecify.annotations.NullMarked;
