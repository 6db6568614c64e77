package dev.slipway.fleet.resource.placement;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.health.HealthPayloads.StatusAnswer;
import dev.slipway.fleet.resource.placement.PlacementPayloads.Labels;
import dev.slipway.fleet.resource.placement.PlacementPayloads.LabelsAnswer;
import dev.slipway.fleet.resource.placement.PlacementPayloads.PoolChoice;
import dev.slipway.fleet.resource.placement.PlacementPayloads.Reason;
import dev.slipway.fleet.resource.server.ServerPayloads.ServerAnswer;
import dev.slipway.fleet.resource.server.ServerPayloads.View;
import dev.slipway.fleet.service.placement.Scheduling;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.service.server.ServerService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What steers where deployments land. A grant on the server opens these to members who are no
 * admins, so the service asks for the right.
 */
@Component(service = RestResource.class)
@Path("/api/servers")
public final class SchedulingResource implements RestResource {
  private final Scheduling scheduling;
  private final ServerService servers;
  private final ServerRights rights;

  @Activate
  public SchedulingResource(
      @Reference Scheduling scheduling,
      @Reference ServerService servers,
      @Reference ServerRights rights) {
    this.scheduling = scheduling;
    this.servers = servers;
    this.rights = rights;
  }

  @GET
  @Path("{id}/operational-status")
  @Op(
      value = "fleet.server.standing",
      access = Access.TENANT,
      summary = "Read a server's cordon and drain flags")
  public StatusAnswer status(@Context Caller caller, @PathParam("id") UUID id) {
    return StatusAnswer.of(scheduling.status(caller, id));
  }

  @POST
  @Path("{id}/cordon")
  @Op(
      value = "fleet.server.cordon",
      access = Access.TENANT,
      summary = "Block new deployments from landing on a server",
      errors = {"403 without the right operator on the server"})
  public StatusAnswer cordon(
      @Context Caller caller, @PathParam("id") UUID id, @Nullable Reason body) {
    return StatusAnswer.of(scheduling.cordon(caller, id, Reason.of(body)));
  }

  @POST
  @Path("{id}/uncordon")
  @Op(
      value = "fleet.server.uncordon",
      access = Access.TENANT,
      summary = "Lift the block on new deployments",
      errors = {"403 without the right operator on the server"})
  public StatusAnswer uncordon(@Context Caller caller, @PathParam("id") UUID id) {
    return StatusAnswer.of(scheduling.uncordon(caller, id));
  }

  @POST
  @Path("{id}/drain")
  @Op(
      value = "fleet.server.drain",
      access = Access.TENANT,
      summary = "Cordon a server and mark it as draining",
      errors = {"403 without the right operator on the server"})
  public StatusAnswer drain(
      @Context Caller caller, @PathParam("id") UUID id, @Nullable Reason body) {
    return StatusAnswer.of(scheduling.drain(caller, id, Reason.of(body)));
  }

  @POST
  @Path("{id}/undrain")
  @Op(
      value = "fleet.server.undrain",
      access = Access.TENANT,
      summary = "Clear the draining flag and reopen scheduling",
      errors = {"403 without the right operator on the server"})
  public StatusAnswer undrain(@Context Caller caller, @PathParam("id") UUID id) {
    return StatusAnswer.of(scheduling.undrain(caller, id));
  }

  @PUT
  @Path("{id}/labels")
  @Op(
      value = "fleet.server.label",
      access = Access.TENANT,
      summary = "Overwrite the labels steering placement and CI runners",
      errors = {"403 without the right admin on the server"})
  public LabelsAnswer label(@Context Caller caller, @PathParam("id") UUID id, Labels body) {
    return new LabelsAnswer(servers.label(caller, id, body.labels()));
  }

  @PUT
  @Path("{id}/pool")
  @Op(
      value = "fleet.server.pool",
      access = Access.TENANT,
      summary = "Put a server into a pool",
      errors = {"403 without the right admin on the server"})
  public ServerAnswer pool(@Context Caller caller, @PathParam("id") UUID id, PoolChoice body) {
    var row = servers.intoPool(caller, id, body.poolId());
    return new ServerAnswer(View.of(row, rights.of(caller).on(id)));
  }
}
