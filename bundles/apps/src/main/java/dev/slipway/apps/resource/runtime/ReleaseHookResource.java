package dev.slipway.apps.resource.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.runtime.ReleaseHookPayloads.HookAnswer;
import dev.slipway.apps.resource.runtime.ReleaseHookPayloads.SetHook;
import dev.slipway.apps.service.runtime.ReleaseHookService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is run once in a new version of an app before it starts. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/release-hook")
public final class ReleaseHookResource implements RestResource {
  private final ReleaseHookService service;

  /** Made by the component runtime. */
  @Activate
  public ReleaseHookResource(@Reference ReleaseHookService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "apps.release-hook.get",
      access = Access.TENANT,
      summary = "Show what is run before a new version of an app starts")
  public HookAnswer get(@Context Caller caller, @PathParam("appId") UUID appId) {
    return HookAnswer.of(service.get(caller, appId));
  }

  @PUT
  @Op(
      value = "apps.release-hook.set",
      access = Access.TENANT,
      summary = "Have commands run once before a new version of an app starts",
      errors = {"409 being deleted", "422 of a Compose file"})
  public HookAnswer set(@Context Caller caller, @PathParam("appId") UUID appId, SetHook body) {
    return HookAnswer.of(service.set(caller, appId, body.toDraft()));
  }

  @DELETE
  @Op(
      value = "apps.release-hook.delete",
      access = Access.TENANT,
      summary = "Run nothing before a new version of an app starts",
      errors = "409 being deleted")
  public void delete(@Context Caller caller, @PathParam("appId") UUID appId) {
    service.delete(caller, appId);
  }
}
