/** Commands from their order to their one end, and what is kept of them. */
@NullMarked
package dev.slipway.fleet.service.command;

import org.jspecify.annotations.NullMarked;
