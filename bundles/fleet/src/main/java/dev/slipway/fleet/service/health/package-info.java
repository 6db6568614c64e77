/** What heartbeats tell: samples, alerts, uptime, forecasts, and the feed of a server. */
@NullMarked
package dev.slipway.fleet.service.health;

import org.jspecify.annotations.NullMarked;
