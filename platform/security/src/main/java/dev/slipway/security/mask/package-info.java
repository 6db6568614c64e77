/** Masking of secret values in text. */
@NullMarked
package dev.slipway.security.mask;

import org.jspecify.annotations.NullMarked;
