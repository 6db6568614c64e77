package dev.slipway.fleet.resource.server;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.server.GrantPayloads.GrantAnswer;
import dev.slipway.fleet.resource.server.GrantPayloads.GrantView;
import dev.slipway.fleet.resource.server.GrantPayloads.GrantsAnswer;
import dev.slipway.fleet.resource.server.GrantPayloads.NewGrant;
import dev.slipway.fleet.service.server.ServerRights;
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

/** Who holds rights on a server. */
@Component(service = RestResource.class)
@Path("/api/servers")
public final class GrantResource implements RestResource {
  private static final String FORBIDDEN = "403 without admin access on the server";

  private final ServerRights rights;

  @Activate
  public GrantResource(@Reference ServerRights rights) {
    this.rights = rights;
  }

  @GET
  @Path("{id}/acl")
  @Op(
      value = "fleet.grant.list",
      access = Access.TENANT,
      summary = "Show who holds rights on a server",
      errors = {FORBIDDEN})
  public GrantsAnswer list(@Context Caller caller, @PathParam("id") UUID id) {
    return GrantsAnswer.of(rights.list(caller, id));
  }

  @POST
  @Path("{id}/acl")
  @Op(
      value = "fleet.grant.set",
      access = Access.TENANT,
      summary = "Set which rights a user holds on a server",
      errors = {FORBIDDEN})
  public GrantAnswer set(@Context Caller caller, @PathParam("id") UUID id, NewGrant body) {
    return new GrantAnswer(GrantView.of(rights.grant(caller, id, body.userId(), body.role())));
  }

  @DELETE
  @Path("{id}/acl/{userId}")
  @Op(
      value = "fleet.grant.withdraw",
      access = Access.TENANT,
      summary = "Withdraw a user's rights on a server",
      errors = {FORBIDDEN})
  public void withdraw(
      @Context Caller caller, @PathParam("id") UUID id, @PathParam("userId") UUID userId) {
    rights.withdraw(caller, id, userId);
  }
}
