package dev.slipway.apps.resource.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.resource.runtime.VolumePayloads.Create;
import dev.slipway.apps.resource.runtime.VolumePayloads.VolumeAnswer;
import dev.slipway.apps.resource.runtime.VolumePayloads.VolumesAnswer;
import dev.slipway.apps.service.runtime.VolumeService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Volumes of one app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/volumes")
public final class VolumeResource implements RestResource {
  private final VolumeService service;

  /** Made by the component runtime. */
  @Activate
  public VolumeResource(@Reference VolumeService service) {
    this.service = service;
  }

  @POST
  @Op(
      value = "apps.volume.create",
      access = Access.TENANT,
      summary = "Give an app a folder that outlives its deployments",
      status = 201,
      errors = {"409 name or path taken, or being deleted", "422 too many"})
  public VolumeAnswer create(@Context Caller caller, @PathParam("appId") UUID appId, Create body) {
    return VolumeAnswer.of(service.create(caller, appId, body.name(), body.mountPath()));
  }

  @GET
  @Op(value = "apps.volume.list", access = Access.TENANT, summary = "Show an app's volumes")
  public VolumesAnswer list(@Context Caller caller, @PathParam("appId") UUID appId) {
    return VolumesAnswer.of(service.list(caller, appId));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "apps.volume.delete",
      access = Access.TENANT,
      summary = "Take a volume from an app",
      errors = "409 being deleted")
  public void delete(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("id") UUID id,
      @QueryParam("data") @Nullable VolumeFate data) {
    service.delete(caller, appId, id, Objects.requireNonNullElse(data, VolumeFate.KEEP));
  }
}
