/** Turns a folder into a deployment: packing, slipway.json, following it to its end. */
@NullMarked
package dev.slipway.cli.deploy;

import org.jspecify.annotations.NullMarked;
