/** The port between commands and what runs apps. Two sides exist: plain processes and Docker. */
@NullMarked
package dev.slipway.agent.runtime;

import org.jspecify.annotations.NullMarked;
