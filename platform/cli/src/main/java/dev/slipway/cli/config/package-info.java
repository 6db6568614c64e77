/** Where a call gets its settings from: environment variables and the stored login. */
@NullMarked
package dev.slipway.cli.config;

import org.jspecify.annotations.NullMarked;
