/** Puts pages into the frame. */
@NullMarked
package dev.slipway.console.service;

import org.jspecify.annotations.NullMarked;
