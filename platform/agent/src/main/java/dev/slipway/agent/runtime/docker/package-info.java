/** Apps as containers of any engine that speaks the Docker API. */
@NullMarked
package dev.slipway.agent.runtime.docker;

import org.jspecify.annotations.NullMarked;
