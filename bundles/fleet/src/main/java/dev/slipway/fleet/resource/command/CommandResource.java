package dev.slipway.fleet.resource.command;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.command.CommandPayloads.ContainerRestart;
import dev.slipway.fleet.resource.command.CommandPayloads.ContainerRestartAnswer;
import dev.slipway.fleet.resource.command.CommandPayloads.DisconnectedAnswer;
import dev.slipway.fleet.resource.command.CommandPayloads.DrainedAnswer;
import dev.slipway.fleet.resource.command.CommandPayloads.QueueAnswer;
import dev.slipway.fleet.service.command.CommandDesk;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands for a server; a grant on it opens them to members who are no admins. */
@Component(service = RestResource.class)
@Path("/api/servers")
public final class CommandResource implements RestResource {
  private static final String RIGHT = "403 without the right operator on the server";

  private final CommandDesk desk;

  @Activate
  public CommandResource(@Reference CommandDesk desk) {
    this.desk = desk;
  }

  @GET
  @Path("{id}/command-queue")
  @Op(
      value = "fleet.command.queue",
      access = Access.TENANT,
      summary = "Count commands waiting for a server")
  public QueueAnswer queue(@Context Caller caller, @PathParam("id") UUID id) {
    return new QueueAnswer(desk.queue(caller, id));
  }

  @POST
  @Path("{id}/command-queue/drain")
  @Op(
      value = "fleet.command.drain",
      access = Access.TENANT,
      summary = "Discard every command waiting for a server",
      errors = {RIGHT})
  public DrainedAnswer drain(@Context Caller caller, @PathParam("id") UUID id) {
    return new DrainedAnswer(desk.drain(caller, id));
  }

  @POST
  @Path("{id}/force-disconnect")
  @Op(
      value = "fleet.agent.disconnect",
      access = Access.TENANT,
      summary = "Cut a stale gRPC command stream",
      errors = {RIGHT})
  public DisconnectedAnswer disconnect(@Context Caller caller, @PathParam("id") UUID id) {
    return new DisconnectedAnswer(desk.disconnect(caller, id));
  }

  @POST
  @Path("{serverId}/containers/{containerName}/restart")
  @Op(
      value = "fleet.container.restart",
      access = Access.TENANT,
      summary = "Bounce one container",
      status = 202,
      errors = {RIGHT, "409 being restarted already", "422 agent offline"})
  public ContainerRestartAnswer restartContainer(
      @Context Caller caller,
      @PathParam("serverId") UUID serverId,
      @PathParam("containerName") @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9_.-]{0,254}")
          String containerName,
      @Nullable ContainerRestart body) {
    var command =
        desk.restartContainer(caller, serverId, containerName, ContainerRestart.timeout(body));
    return new ContainerRestartAnswer(true, command.id(), containerName);
  }
}
