/** What the agent shows over HTTP, and how it comes back when it has lost its secret. */
@NullMarked
package dev.slipway.agent.identity;

import org.jspecify.annotations.NullMarked;
