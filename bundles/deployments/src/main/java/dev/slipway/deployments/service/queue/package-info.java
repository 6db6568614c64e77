/** Takes deployments in: each waits for its turn or for somebody to agree, and has one outcome. */
@NullMarked
package dev.slipway.deployments.service.queue;

import org.jspecify.annotations.NullMarked;
