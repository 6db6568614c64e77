package dev.slipway.fleet.resource.agent;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.agent.AgentPayloads.AgentStatus;
import dev.slipway.fleet.resource.command.CommandPayloads.CommandsAnswer;
import dev.slipway.fleet.resource.command.CommandPayloads.RestartAnswer;
import dev.slipway.fleet.service.agent.AgentJournal;
import dev.slipway.fleet.service.agent.AgentProbe;
import dev.slipway.fleet.service.command.CommandDesk;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The agent of a server. */
@Component(service = RestResource.class)
@Path("/api/servers/{server_id}/agent")
public final class AgentResource implements RestResource {
  private final AgentProbe probe;
  private final AgentJournal journal;
  private final CommandDesk desk;

  @Activate
  public AgentResource(
      @Reference AgentProbe probe, @Reference AgentJournal journal, @Reference CommandDesk desk) {
    this.probe = probe;
    this.journal = journal;
    this.desk = desk;
  }

  @GET
  @Path("status")
  @Op(
      value = "fleet.agent.status",
      access = Access.TENANT,
      summary = "Combine stored heartbeat with a live agent probe")
  public AgentStatus status(@Context Caller caller, @PathParam("server_id") UUID serverId) {
    return AgentStatus.of(probe.look(caller, serverId));
  }

  @POST
  @Path("ping")
  @Op(
      value = "fleet.agent.ping",
      access = Access.TENANT,
      summary = "Ping the agent; measure round trip and skew",
      errors = {"422 agent offline"})
  public AgentProbe.Ping ping(@Context Caller caller, @PathParam("server_id") UUID serverId) {
    return probe.ping(caller, serverId);
  }

  @GET
  @Path("commands")
  @Op(
      value = "fleet.command.list",
      access = Access.TENANT,
      summary = "List recent command dispatches to an agent")
  public CommandsAnswer commands(
      @Context Caller caller,
      @PathParam("server_id") UUID serverId,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return CommandsAnswer.of(desk.list(caller, serverId, limit));
  }

  @GET
  @Path("logs")
  @Op(
      value = "fleet.agent.logs",
      access = Access.TENANT,
      summary = "Tail the agent's systemd journal",
      errors = {"422 agent offline"})
  public AgentJournal.Tail logs(
      @Context Caller caller,
      @PathParam("server_id") UUID serverId,
      @QueryParam("lines") @DefaultValue("200") @Min(1) int lines) {
    return journal.tail(caller, serverId, lines);
  }

  @POST
  @Path("restart")
  @Op(
      value = "fleet.agent.restart",
      access = Access.TENANT,
      summary = "Make the agent restart itself",
      status = 202,
      errors = {
        "403 without the right operator on the server",
        "409 restart already issued within 30 s",
        "422 agent offline"
      })
  public RestartAnswer restart(@Context Caller caller, @PathParam("server_id") UUID serverId) {
    return RestartAnswer.of(desk.restartAgent(caller, serverId).id());
  }
}
