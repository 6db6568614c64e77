package dev.slipway.deployments.resource.volume;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads.Started;
import dev.slipway.deployments.resource.volume.KeptVolumePayloads.KeptVolumeAnswer;
import dev.slipway.deployments.resource.volume.KeptVolumePayloads.KeptVolumesAnswer;
import dev.slipway.deployments.service.volume.KeptVolumeService;
import dev.slipway.deployments.store.volume.KeptVolumeFilter;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Data that stayed on servers when volumes, environments and apps were deleted. */
@Component(service = RestResource.class)
@Path("/api/kept-volumes")
public final class KeptVolumeResource implements RestResource {
  private final KeptVolumeService service;

  @Activate
  public KeptVolumeResource(@Reference KeptVolumeService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "deployments.kept-volume.list",
      access = Access.TENANT,
      summary = "Show data that outlived its volume, environment or app")
  public KeptVolumesAnswer list(
      @Context Caller caller,
      @QueryParam("app_id") @Nullable UUID appId,
      @QueryParam("server_id") @Nullable UUID serverId,
      @Context PageRequest page) {
    return KeptVolumesAnswer.of(service.list(caller, new KeptVolumeFilter(appId, serverId), page));
  }

  @GET
  @Path("{id}")
  @Op(
      value = "deployments.kept-volume.get",
      access = Access.TENANT,
      summary = "Fetch what is known of kept data")
  public KeptVolumeAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return KeptVolumeAnswer.of(service.get(caller, id));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "deployments.kept-volume.purge",
      access = Access.TENANT,
      summary = "Delete kept data at its server",
      status = 202,
      errors = {"409 in use again, or being deleted already", "422 agent offline"})
  public Started purge(@Context Caller caller, @PathParam("id") UUID id) {
    return new Started(service.purge(caller, id));
  }
}
