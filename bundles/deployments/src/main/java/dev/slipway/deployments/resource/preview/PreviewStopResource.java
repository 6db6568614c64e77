package dev.slipway.deployments.resource.preview;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentAnswer;
import dev.slipway.deployments.service.preview.PreviewStop;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What runs in a preview. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deployments/{id}/preview")
public final class PreviewStopResource implements RestResource {
  private final PreviewStop service;

  @Activate
  public PreviewStopResource(@Reference PreviewStop service) {
    this.service = service;
  }

  @POST
  @Path("stop")
  @Op(
      value = "deployments.preview.stop",
      access = Access.TENANT,
      summary = "Kill the preview process of a deployment",
      errors = "409 not what runs in an open preview")
  public DeploymentAnswer stop(
      @Context Caller caller, @PathParam("appId") UUID appId, @PathParam("id") UUID id) {
    return DeploymentAnswer.of(service.stop(caller, appId, id));
  }
}
