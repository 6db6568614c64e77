package dev.slipway.deployments.resource.build;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.build.BuildPayloads.Manifest;
import dev.slipway.deployments.resource.build.BuildPayloads.Rollback;
import dev.slipway.deployments.resource.build.BuildPayloads.RollbackAnswer;
import dev.slipway.deployments.service.build.BuildService;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Builds by the names that people say. */
@Component(service = RestResource.class)
@Path("/api/releases/{name}")
public final class ReleaseResource implements RestResource {
  private final BuildService service;

  @Activate
  public ReleaseResource(@Reference BuildService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "deployments.release.get",
      access = Access.TENANT,
      summary = "Look up the manifest behind a pet-name release")
  public Manifest get(@Context Caller caller, @PathParam("name") @Size(max = 100) String name) {
    return Manifest.of(service.release(caller, name));
  }

  @POST
  @Path("rollback")
  @Op(
      value = "deployments.release.rollback",
      access = Access.TENANT,
      summary = "Redeploy the image pinned by a named release",
      status = 202,
      errors = {
        "404 environment unknown, or the release was never live",
        "409 version is live already",
        "409 server is cordoned or draining"
      })
  public RollbackAnswer rollback(
      @Context Caller caller,
      @PathParam("name") @Size(max = 100) String name,
      @Nullable Rollback body) {
    var wish = body == null ? new Rollback(null, null) : body;
    return RollbackAnswer.of(
        name, service.rollBack(caller, name, wish.environment(), wish.reason()));
  }
}
