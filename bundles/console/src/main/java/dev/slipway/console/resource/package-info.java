/** The start page and the assets of all pages. */
@NullMarked
package dev.slipway.console.resource;

import org.jspecify.annotations.NullMarked;
