/** Operations on processes, volumes, limits, logins of registries, release hooks. */
@NullMarked
package dev.slipway.apps.resource.runtime;

import org.jspecify.annotations.NullMarked;
