/** Operations on rotation, leases and templates of secrets. */
@NullMarked
package dev.slipway.apps.resource.secret;

import org.jspecify.annotations.NullMarked;
