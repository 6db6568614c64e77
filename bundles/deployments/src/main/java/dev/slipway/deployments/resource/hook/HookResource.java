package dev.slipway.deployments.resource.hook;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.hook.HookPayloads.Create;
import dev.slipway.deployments.resource.hook.HookPayloads.CreatedAnswer;
import dev.slipway.deployments.resource.hook.HookPayloads.HooksAnswer;
import dev.slipway.deployments.resource.hook.HookPayloads.View;
import dev.slipway.deployments.service.hook.HookService;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deploy hooks of an app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deploy-hooks")
public final class HookResource implements RestResource {
  private final HookService service;
  private final Platform platform;

  @Activate
  public HookResource(@Reference HookService service, @Reference Platform platform) {
    this.service = service;
    this.platform = platform;
  }

  @POST
  @Op(
      value = "deployments.hook.create",
      access = Access.TENANT,
      summary = "Mint a deploy hook URL",
      status = 201,
      errors = {"404 environment unknown", "409 too many hooks"})
  public CreatedAnswer create(
      @Context Caller caller, @PathParam("appId") UUID appId, @NotNull Create body) {
    var minted = service.create(caller, appId, body.name(), body.branch(), body.environmentId());
    return new CreatedAnswer(
        View.of(minted.hook()),
        minted.token(),
        platform.publicUrl() + "/api/deploy-hooks/" + minted.token());
  }

  @GET
  @Op(
      value = "deployments.hook.list",
      access = Access.TENANT,
      summary = "Show an app's deploy hooks without tokens")
  public HooksAnswer list(@Context Caller caller, @PathParam("appId") UUID appId) {
    return HooksAnswer.of(service.list(caller, appId));
  }

  @DELETE
  @Path("{hookId}")
  @Op(
      value = "deployments.hook.delete",
      access = Access.TENANT,
      summary = "Invalidate a deploy hook")
  public void delete(
      @Context Caller caller, @PathParam("appId") UUID appId, @PathParam("hookId") UUID id) {
    service.delete(caller, appId, id);
  }
}
