package dev.slipway.apps.resource.environment;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.resource.environment.EnvironmentPayloads.Change;
import dev.slipway.apps.resource.environment.EnvironmentPayloads.Create;
import dev.slipway.apps.resource.environment.EnvironmentPayloads.EnvironmentAnswer;
import dev.slipway.apps.resource.environment.EnvironmentPayloads.EnvironmentsAnswer;
import dev.slipway.apps.resource.environment.EnvironmentPayloads.HostnameAnswer;
import dev.slipway.apps.resource.environment.EnvironmentPayloads.SetHostname;
import dev.slipway.apps.service.environment.EnvironmentService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

/** Environments of one app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/environments")
public final class EnvironmentResource implements RestResource {
  private final EnvironmentService service;

  /** Made by the component runtime. */
  @Activate
  public EnvironmentResource(@Reference EnvironmentService service) {
    this.service = service;
  }

  @POST
  @Op(
      value = "apps.environment.create",
      access = Access.TENANT,
      summary = "Add an environment to an app",
      status = 201,
      errors = {"404 server or source unknown", "409 name or slug taken", "422 too many"})
  public EnvironmentAnswer create(
      @Context Caller caller, @PathParam("appId") UUID appId, Create body) {
    return EnvironmentAnswer.of(service.create(caller, appId, body.toDraft(), body.slug()));
  }

  @GET
  @Op(
      value = "apps.environment.list",
      access = Access.TENANT,
      summary = "Show an app's environments")
  public EnvironmentsAnswer list(@Context Caller caller, @PathParam("appId") UUID appId) {
    return EnvironmentsAnswer.of(service.list(caller, appId));
  }

  @PATCH
  @Path("{envId}")
  @Op(
      value = "apps.environment.update",
      access = Access.TENANT,
      summary = "Change an environment's settings",
      errors = {
        "403 only an admin takes its protection away",
        "404 server or source unknown",
        "409 name taken",
        "412 changed meanwhile"
      })
  public EnvironmentAnswer update(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("envId") UUID envId,
      @Context IfMatch ifMatch,
      Change body) {
    return EnvironmentAnswer.of(service.update(caller, appId, envId, ifMatch, body::over));
  }

  @PUT
  @Path("{envId}/hostname")
  @Op(
      value = "apps.environment.set-hostname",
      access = Access.TENANT,
      summary = "Set the public hostname an environment answers on",
      errors = {"409 hostname in use", "412 changed meanwhile"})
  public HostnameAnswer setHostname(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("envId") UUID envId,
      @Context IfMatch ifMatch,
      SetHostname body) {
    return HostnameAnswer.of(service.setHostname(caller, appId, envId, ifMatch, body.hostname()));
  }

  @DELETE
  @Path("{envId}")
  @Op(
      value = "apps.environment.delete",
      access = Access.TENANT,
      summary = "Remove an environment from an app",
      errors = {"409 protected, or a deployment is under way", "412 changed meanwhile"})
  public void delete(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("envId") UUID envId,
      @QueryParam("volumes") @Nullable VolumeFate volumes,
      @Context IfMatch ifMatch) {
    var data = Objects.requireNonNullElse(volumes, VolumeFate.KEEP);
    service.delete(caller, appId, envId, ifMatch, data);
  }
}
