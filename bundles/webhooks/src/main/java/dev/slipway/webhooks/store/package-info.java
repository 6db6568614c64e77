/** Endpoints, their queues and deliveries as rows. */
@NullMarked
package dev.slipway.webhooks.store;

import org.jspecify.annotations.NullMarked;
