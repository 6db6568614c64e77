/**
 * What each command type does with its JSON payload, and the dispatcher that admits, runs, cancels
 * and answers commands.
 */
@NullMarked
package dev.slipway.agent.command;

import org.jspecify.annotations.NullMarked;
