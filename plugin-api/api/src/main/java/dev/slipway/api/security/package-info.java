/** Passwords, tokens, secrets and who stands behind a credential. */
@NullMarked
@Export
@Version("1.1.0")
package dev.slipway.api.security;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
