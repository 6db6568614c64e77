/**
 * {@code slipway script test}: runs the tests of scripts without a platform, in the sandbox that a
 * platform runs scripts in. A program of its own, because the client shares nothing with the
 * platform but the wire.
 */
@NullMarked
package dev.slipway.scripttest;

import org.jspecify.annotations.NullMarked;
