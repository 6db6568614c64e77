/** Environments of pull requests: opened, updated, closed, expired; what forks may have. */
@NullMarked
package dev.slipway.deployments.service.preview;

import org.jspecify.annotations.NullMarked;
