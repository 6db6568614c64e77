/**
 * Servers, their agents, and the commands sent to them. Owns the tables whose names begin with
 * {@code fleet_}: servers, their statuses, samples and alerts, commands, pools, placement rules and
 * grants.
 *
 * <p>A feature that wants work done on a server submits a {@link dev.slipway.fleet.CommandRequest}
 * through {@link dev.slipway.fleet.Commands} in its own unit of work, and hears of the outcome by
 * the event {@code fleet.command.finished}. {@link dev.slipway.fleet.Edges} tells what servers'
 * edges can do and what passed them; {@link dev.slipway.fleet.Leftovers} takes in what is to be
 * removed from servers in time. Everything else in this package is whiteboard: {@link
 * dev.slipway.fleet.AgentOutput}, {@link dev.slipway.fleet.AppContainers}, {@link
 * dev.slipway.fleet.AppVolumes}, {@link dev.slipway.fleet.Workloads} and {@link
 * dev.slipway.fleet.ServerRoutes} are registered by those who have something to say to an agent or
 * to hear from it.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.fleet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
