package dev.slipway.fleet.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.AgentPayloads.AgentStatus;
import dev.slipway.fleet.service.AgentProbe;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

  @Activate
  public AgentResource(@Reference AgentProbe probe) {
    this.probe = probe;
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
}
