/** What an app runs with: processes, volumes, limits, logins of registries, the release hook. */
@NullMarked
package dev.slipway.apps.service.runtime;

import org.jspecify.annotations.NullMarked;
