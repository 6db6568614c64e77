/** Access tokens and the keys that sign them. Owns {@code security_signing_key}. */
@NullMarked
package dev.slipway.security.token;

import org.jspecify.annotations.NullMarked;
