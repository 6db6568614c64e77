/** Numbers about the server itself, read from /proc and /sys. */
@NullMarked
package dev.slipway.agent.host;

import org.jspecify.annotations.NullMarked;
