package dev.slipway.plugins.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.plugins.resource.PluginPayloads.OfferingList;
import dev.slipway.plugins.resource.PluginPayloads.OfferingView;
import dev.slipway.plugins.resource.PluginPayloads.TrialDraft;
import dev.slipway.plugins.service.Trial;
import dev.slipway.plugins.service.Trials;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a plugin offers to tenants, and a way to try it before any tenant does. */
@Path("/api/admin/plugins/{pluginId}/offerings")
@Component(service = RestResource.class)
public final class PluginOfferingResource implements RestResource {
  private final Trials trials;

  @Activate
  public PluginOfferingResource(@Reference Trials trials) {
    this.trials = trials;
  }

  @GET
  @Op(
      value = "plugins.offering.list",
      access = Access.ROOT_ADMIN,
      summary = "List the channels, providers and templates that a plugin offers to tenants")
  public OfferingList list(@PathParam("pluginId") String pluginId) {
    return new OfferingList(trials.of(pluginId).stream().map(OfferingView::of).toList());
  }

  @POST
  @Path("{point}/{key}/try")
  @Op(
      value = "plugins.offering.try",
      access = Access.ROOT_ADMIN,
      summary = "Use an offering once: send a trial message, list zones or models, make a plan",
      errors = "400 per field of the configuration against its schema")
  public Trial tryOut(
      @Context Caller caller,
      @PathParam("pluginId") String pluginId,
      @PathParam("point") String point,
      @PathParam("key") String key,
      TrialDraft body)
      throws InterruptedException {
    return trials.run(caller, pluginId, point, key, body.configuration());
  }
}
