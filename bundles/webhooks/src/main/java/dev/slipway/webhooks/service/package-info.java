/** Endpoints and what is delivered to them. */
@NullMarked
package dev.slipway.webhooks.service;

import org.jspecify.annotations.NullMarked;
