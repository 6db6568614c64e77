/** Data of apps on servers: which volumes instances get, which are kept, which may go. */
@NullMarked
package dev.slipway.deployments.service.volume;

import org.jspecify.annotations.NullMarked;
