/** The second factor: codes of an authenticator and recovery codes. */
@NullMarked
package dev.slipway.accounts.service.secondfactor;

import org.jspecify.annotations.NullMarked;
