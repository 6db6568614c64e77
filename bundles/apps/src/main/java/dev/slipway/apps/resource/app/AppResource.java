package dev.slipway.apps.resource.app;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.resource.app.AppPayloads.AppAnswer;
import dev.slipway.apps.resource.app.AppPayloads.AppsAnswer;
import dev.slipway.apps.resource.app.AppPayloads.Change;
import dev.slipway.apps.resource.app.AppPayloads.Create;
import dev.slipway.apps.resource.app.AppPayloads.Started;
import dev.slipway.apps.service.app.AppDeletion;
import dev.slipway.apps.service.app.AppService;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** Apps of the tenant. */
@Component(service = RestResource.class)
@Path("/api/apps")
public final class AppResource implements RestResource {
  private final AppService service;
  private final AppDeletion deletion;

  /** Made by the component runtime. */
  @Activate
  public AppResource(@Reference AppService service, @Reference AppDeletion deletion) {
    this.service = service;
    this.deletion = deletion;
  }

  @POST
  @Op(
      value = "apps.app.create",
      access = Access.TENANT,
      summary = "Add an app to the tenant",
      status = 201,
      errors = {"404 project or server unknown", "409 slug taken"})
  public AppAnswer create(@Context Caller caller, Create body) {
    return AppAnswer.of(service.create(caller, body.toDraft(), body.slug(), body.serverId()));
  }

  @GET
  @Op(value = "apps.app.list", access = Access.TENANT, summary = "Show the tenant's apps")
  public AppsAnswer list(
      @Context Caller caller,
      @QueryParam("project_id") @Nullable UUID projectId,
      @QueryParam("server_id") @Nullable UUID serverId,
      @QueryParam("status") @Nullable AppStatus status,
      @QueryParam("search") @Size(max = 200) @Nullable String search,
      @Context PageRequest page) {
    return AppsAnswer.of(service.list(caller, projectId, serverId, status, search, page));
  }

  @GET
  @Path("{id}")
  @Op(
      value = "apps.app.get",
      access = Access.TENANT,
      summary = "Fetch one app with its current state")
  public AppAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return AppAnswer.of(service.get(caller, id));
  }

  @PATCH
  @Path("{id}")
  @Op(
      value = "apps.app.update",
      access = Access.TENANT,
      summary = "Change an app's settings",
      errors = {"404 project unknown", "409 being deleted", "412 changed meanwhile"})
  public AppAnswer update(
      @Context Caller caller, @PathParam("id") UUID id, @Context IfMatch ifMatch, Change body) {
    return AppAnswer.of(service.update(caller, id, ifMatch, body::over));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "apps.app.delete",
      access = Access.TENANT,
      summary = "Tear an app down and remove it",
      status = 202,
      errors = "412 changed meanwhile")
  public Started delete(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @QueryParam("volumes") @Nullable VolumeFate volumes,
      @Context IfMatch ifMatch) {
    var data = Objects.requireNonNullElse(volumes, VolumeFate.KEEP);
    return new Started(deletion.request(caller, id, ifMatch, data));
  }
}
