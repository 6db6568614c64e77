/** Commands and their results as rows. */
@NullMarked
package dev.slipway.fleet.store.command;

import org.jspecify.annotations.NullMarked;
