package dev.slipway.deployments.resource.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.service.overview.Comparisons;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a deployment brought. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deployments")
public final class ChangesResource implements RestResource {
  private final Comparisons comparisons;

  @Activate
  public ChangesResource(@Reference Comparisons comparisons) {
    this.comparisons = comparisons;
  }

  @GET
  @Path("{deployId}/changes")
  @Op(
      value = "deployments.changes.get",
      access = Access.TENANT,
      summary = "Show commits and env key changes of a deployment")
  public Comparisons.Changes changes(
      @Context Caller caller, @PathParam("appId") UUID appId, @PathParam("deployId") UUID id) {
    return comparisons.changes(caller, appId, id);
  }
}
