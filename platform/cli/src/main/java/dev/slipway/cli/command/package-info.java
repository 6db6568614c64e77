/** One class per noun of the command line: reads arguments, calls the platform, prints. */
@NullMarked
package dev.slipway.cli.command;

import org.jspecify.annotations.NullMarked;
