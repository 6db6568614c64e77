package dev.slipway.apps.resource.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.runtime.RuntimePayloads.CacheAnswer;
import dev.slipway.apps.resource.runtime.RuntimePayloads.Limit;
import dev.slipway.apps.resource.runtime.RuntimePayloads.LimitsAnswer;
import dev.slipway.apps.service.runtime.RuntimeService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How one app is built and run. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}")
public final class RuntimeResource implements RestResource {
  private final RuntimeService service;

  /** Made by the component runtime. */
  @Activate
  public RuntimeResource(@Reference RuntimeService service) {
    this.service = service;
  }

  @PUT
  @Path("resource-limits")
  @Op(
      value = "apps.resource-limits.set",
      access = Access.TENANT,
      summary = "Cap an app's CPU, memory and processes",
      errors = "409 being deleted")
  public LimitsAnswer limit(@Context Caller caller, @PathParam("appId") UUID appId, Limit body) {
    return LimitsAnswer.of(service.limit(caller, appId, body.toDraft()));
  }

  @DELETE
  @Path("build-cache")
  @Op(
      value = "apps.build-cache.delete",
      access = Access.TENANT,
      summary = "Drop the cached build layers of an app",
      status = 202,
      errors = "409 being deleted")
  public CacheAnswer dropBuildCache(@Context Caller caller, @PathParam("appId") UUID appId) {
    service.dropBuildCache(caller, appId);
    return new CacheAnswer(false, null, appId);
  }
}
