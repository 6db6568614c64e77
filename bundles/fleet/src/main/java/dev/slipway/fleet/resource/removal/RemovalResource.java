package dev.slipway.fleet.resource.removal;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.command.CommandPayloads.ErasedAnswer;
import dev.slipway.fleet.resource.command.CommandPayloads.OrphansAnswer;
import dev.slipway.fleet.resource.server.ServerPayloads.OperationAnswer;
import dev.slipway.fleet.service.removal.Erasure;
import dev.slipway.fleet.service.removal.Orphans;
import dev.slipway.fleet.service.removal.Removal;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Servers that did not go in good order, and what they left. */
@Component(service = RestResource.class)
@Path("/api/servers")
public final class RemovalResource implements RestResource {
  private final Removal removal;
  private final Erasure erasure;
  private final Orphans orphans;

  @Activate
  public RemovalResource(
      @Reference Removal removal, @Reference Erasure erasure, @Reference Orphans orphans) {
    this.removal = removal;
    this.erasure = erasure;
    this.orphans = orphans;
  }

  @POST
  @Path("{id}/retry-cleanup")
  @Op(
      value = "fleet.server.retry-cleanup",
      access = Access.TENANT_ADMIN,
      summary = "Try a failed deprovisioning again",
      status = 202,
      errors = {"409 server not in cleanup-failed state"})
  public OperationAnswer retry(@Context Caller caller, @PathParam("id") UUID id) {
    return new OperationAnswer(removal.retry(caller, id));
  }

  @DELETE
  @Path("{id}/force")
  @Op(
      value = "fleet.server.erase",
      access = Access.TENANT_ADMIN,
      summary = "Erase a server that refuses clean removal",
      status = 200)
  public ErasedAnswer erase(@Context Caller caller, @PathParam("id") UUID id) {
    return new ErasedAnswer(true, erasure.erase(caller, id));
  }

  @GET
  @Path("{id}/orphans")
  @Op(
      value = "fleet.orphan.list",
      access = Access.TENANT,
      summary = "Show leftovers still to be swept from a server")
  public OrphansAnswer orphans(@Context Caller caller, @PathParam("id") UUID id) {
    return OrphansAnswer.of(orphans.list(caller, id));
  }

  @DELETE
  @Path("{id}/orphans/{orphanId}")
  @Op(
      value = "fleet.orphan.dismiss",
      access = Access.TENANT,
      summary = "Take a leftover out of the sweeper queue",
      errors = {"403 without the right operator on the server"})
  public void forget(
      @Context Caller caller, @PathParam("id") UUID id, @PathParam("orphanId") UUID orphanId) {
    orphans.forget(caller, id, orphanId);
  }
}
