/**
 * Health checks that the control plane configured, run on schedule; results wait for the next
 * heartbeat.
 */
@NullMarked
package dev.slipway.agent.monitor;

import org.jspecify.annotations.NullMarked;
