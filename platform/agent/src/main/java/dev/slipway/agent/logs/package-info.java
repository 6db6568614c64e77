/**
 * Log lines on their way to the control plane: masking of secrets, a bounded spool on disk,
 * identity of the app a line belongs to.
 */
@NullMarked
package dev.slipway.agent.logs;

import org.jspecify.annotations.NullMarked;
