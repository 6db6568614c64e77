/** Secrets over time: rotation, leases of those who run with a value, templates. */
@NullMarked
package dev.slipway.apps.service.secret;

import org.jspecify.annotations.NullMarked;
