/** Who stands behind a request's credential, remembered between requests. */
@NullMarked
package dev.slipway.security.caller;

import org.jspecify.annotations.NullMarked;
