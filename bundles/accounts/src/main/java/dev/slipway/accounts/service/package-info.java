/**
 * Rules of sign-up, sign-in, sessions and API keys, and the answer to who stands behind a
 * credential.
 */
@NullMarked
package dev.slipway.accounts.service;

import org.jspecify.annotations.NullMarked;
