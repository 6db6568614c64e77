/** Environments of apps, previews among them, their host names, and the ways of promotion. */
@NullMarked
package dev.slipway.apps.service.environment;

import org.jspecify.annotations.NullMarked;
