package dev.slipway.deployments.resource.push;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.push.PushPayloads.PushesAnswer;
import dev.slipway.deployments.service.push.AutoDeploys;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What became of the pushes of an app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/pushes")
public final class PushResource implements RestResource {
  private final AutoDeploys pushes;

  @Activate
  public PushResource(@Reference AutoDeploys pushes) {
    this.pushes = pushes;
  }

  @GET
  @Op(
      value = "deployments.push.list",
      access = Access.TENANT,
      summary = "Show which pushes were deployed, and why others were not")
  public PushesAnswer list(
      @Context Caller caller, @PathParam("appId") UUID appId, @Context PageRequest page) {
    return PushesAnswer.of(pushes.list(caller, appId, page));
  }
}
