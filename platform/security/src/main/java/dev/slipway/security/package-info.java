/**
 * Authentication of requests; behind it tokens, passwords, secrets at rest, masking and the egress
 * guard, which others reach through the services of {@code dev.slipway.api.security} and {@code
 * dev.slipway.api.net}. Owns the tables {@code security_audit} (appended to by the store), {@code
 * security_signing_key} and {@code security_data_key}.
 */
@NullMarked
@Export
@Version("1.1.0")
package dev.slipway.security;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
