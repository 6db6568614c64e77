package dev.slipway.fleet.resource.placement;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.placement.PlacementPayloads.NewPool;
import dev.slipway.fleet.resource.placement.PlacementPayloads.PoolAnswer;
import dev.slipway.fleet.resource.placement.PlacementPayloads.PoolView;
import dev.slipway.fleet.resource.placement.PlacementPayloads.PoolsAnswer;
import dev.slipway.fleet.service.placement.Pools;
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

/** Pools of servers. */
@Component(service = RestResource.class)
@Path("/api/server-pools")
public final class PoolResource implements RestResource {
  private final Pools pools;

  @Activate
  public PoolResource(@Reference Pools pools) {
    this.pools = pools;
  }

  @POST
  @Op(
      value = "fleet.pool.create",
      access = Access.TENANT_ADMIN,
      summary = "Define a pool by label selectors and cost",
      status = 201,
      errors = {"409 name taken"})
  public PoolAnswer create(@Context Caller caller, NewPool body) {
    return new PoolAnswer(PoolView.of(pools.create(caller, body.toDraft())));
  }

  @GET
  @Op(value = "fleet.pool.list", access = Access.TENANT, summary = "Show the tenant's server pools")
  public PoolsAnswer list(@Context Caller caller) {
    return new PoolsAnswer(pools.list(caller).stream().map(PoolView::of).toList());
  }

  @DELETE
  @Path("{poolId}")
  @Op(value = "fleet.pool.delete", access = Access.TENANT_ADMIN, summary = "Remove a server pool")
  public void delete(@Context Caller caller, @PathParam("poolId") UUID poolId) {
    pools.delete(caller, poolId);
  }
}
