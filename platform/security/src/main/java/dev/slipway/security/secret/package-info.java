/** Envelope encryption of secrets at rest. Owns {@code security_data_key}. */
@NullMarked
package dev.slipway.security.secret;

import org.jspecify.annotations.NullMarked;
