package dev.slipway.apps.resource.project;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.resource.app.AppPayloads.AppAnswer;
import dev.slipway.apps.resource.app.AppPayloads.AppsAnswer;
import dev.slipway.apps.resource.app.AppPayloads.CreateInProject;
import dev.slipway.apps.service.app.AppService;
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

/** Apps of one project. */
@Component(service = RestResource.class)
@Path("/api/projects/{projectId}/apps")
public final class ProjectAppResource implements RestResource {
  private final AppService service;

  /** Made by the component runtime. */
  @Activate
  public ProjectAppResource(@Reference AppService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "apps.project-app.list",
      access = Access.TENANT,
      summary = "Show the apps grouped under a project")
  public AppsAnswer list(
      @Context Caller caller,
      @PathParam("projectId") UUID projectId,
      @QueryParam("status") @Nullable AppStatus status,
      @Context PageRequest page) {
    return AppsAnswer.of(service.listInProject(caller, projectId, status, page));
  }

  @POST
  @Op(
      value = "apps.project-app.create",
      access = Access.TENANT,
      summary = "Create an app that starts out in this project",
      status = 201,
      errors = {"404 project or server unknown", "409 slug taken"})
  public AppAnswer create(
      @Context Caller caller, @PathParam("projectId") UUID projectId, CreateInProject body) {
    var draft = body.in(projectId).toDraft();
    return AppAnswer.of(service.create(caller, draft, body.slug(), body.serverId()));
  }
}
