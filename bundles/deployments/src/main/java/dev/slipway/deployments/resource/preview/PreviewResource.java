package dev.slipway.deployments.resource.preview;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.preview.PreviewPayloads.PreviewAnswer;
import dev.slipway.deployments.resource.preview.PreviewPayloads.PreviewsAnswer;
import dev.slipway.deployments.resource.preview.PreviewPayloads.Standing;
import dev.slipway.deployments.service.preview.Previews;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Previews of pull requests. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/previews")
public final class PreviewResource implements RestResource {
  private final Previews previews;

  @Activate
  public PreviewResource(@Reference Previews previews) {
    this.previews = previews;
  }

  @GET
  @Op(
      value = "deployments.preview.list",
      access = Access.TENANT,
      summary = "Show an app's preview environments")
  public PreviewsAnswer list(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("status") @Nullable Standing status,
      @Context PageRequest page) {
    var open = status == null ? null : status == Standing.OPEN;
    return PreviewsAnswer.of(previews.list(caller, appId, open, page));
  }

  @POST
  @Path("{id}/close")
  @Op(
      value = "deployments.preview.close",
      access = Access.TENANT,
      summary = "Shut a preview environment down")
  public PreviewAnswer close(
      @Context Caller caller, @PathParam("appId") UUID appId, @PathParam("id") UUID id) {
    return PreviewAnswer.of(previews.close(caller, appId, id));
  }
}
