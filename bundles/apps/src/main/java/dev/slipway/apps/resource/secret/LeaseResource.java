package dev.slipway.apps.resource.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.secret.RotationPayloads.LeaseAnswer;
import dev.slipway.apps.resource.secret.RotationPayloads.LeasesAnswer;
import dev.slipway.apps.service.secret.LeaseService;
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

/** Which deployments have which values of a secret. */
@Component(service = RestResource.class)
@Path("/api/env-vars/{id}/leases")
public final class LeaseResource implements RestResource {
  private final LeaseService service;

  /** Made by the component runtime. */
  @Activate
  public LeaseResource(@Reference LeaseService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "apps.secret-lease.list",
      access = Access.TENANT,
      summary = "Show which deployments have which version of a secret")
  public LeasesAnswer list(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return LeasesAnswer.of(service.list(caller, id, limit));
  }

  @POST
  @Path("{leaseId}/revoke")
  @Op(
      value = "apps.secret-lease.revoke",
      access = Access.TENANT_ADMIN,
      summary = "Let no further deployment have the value of a lease")
  public LeaseAnswer revoke(
      @Context Caller caller, @PathParam("id") UUID id, @PathParam("leaseId") UUID leaseId) {
    return LeaseAnswer.of(service.revoke(caller, id, leaseId));
  }
}
