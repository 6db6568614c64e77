/** Tests of the agent as a whole, against a control plane written from the protocol's tables. */
@NullMarked
package dev.slipway.agent;

import org.jspecify.annotations.NullMarked;
