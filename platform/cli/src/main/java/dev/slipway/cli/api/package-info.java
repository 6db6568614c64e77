/**
 * The platform's HTTP contract as the client needs it: calls, uploads, event streams that resume.
 */
@NullMarked
package dev.slipway.cli.api;

import org.jspecify.annotations.NullMarked;
