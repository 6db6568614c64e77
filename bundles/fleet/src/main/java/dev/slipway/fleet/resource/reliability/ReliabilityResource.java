package dev.slipway.fleet.resource.reliability;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.service.reliability.Reliability;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether what carries the apps can be relied on. */
@Component(service = RestResource.class)
@Path("/api/reliability")
public final class ReliabilityResource implements RestResource {
  private final Reliability reliability;

  @Activate
  public ReliabilityResource(@Reference Reliability reliability) {
    this.reliability = reliability;
  }

  @GET
  @Path("checks")
  @Op(
      value = "fleet.reliability.check",
      access = Access.TENANT,
      summary = "Report reliability checks per surface, limited to the caller's scope")
  public Reliability.Report checks(
      @Context Caller caller,
      @QueryParam("surface") Reliability.@Nullable Surface surface,
      @QueryParam("server_id") @Nullable UUID serverId,
      @QueryParam("app_id") @Nullable UUID appId) {
    return reliability.check(caller, surface, serverId, appId);
  }
}
