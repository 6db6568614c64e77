/** What the user sees: tables or JSON on stdout, notes and errors on stderr, exit codes. */
@NullMarked
package dev.slipway.cli.output;

import org.jspecify.annotations.NullMarked;
