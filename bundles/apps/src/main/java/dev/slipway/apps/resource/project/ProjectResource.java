package dev.slipway.apps.resource.project;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.project.ProjectPayloads.Change;
import dev.slipway.apps.resource.project.ProjectPayloads.Create;
import dev.slipway.apps.resource.project.ProjectPayloads.ProjectAnswer;
import dev.slipway.apps.resource.project.ProjectPayloads.ProjectsAnswer;
import dev.slipway.apps.service.project.ProjectService;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** Projects of the tenant. */
@Component(service = RestResource.class)
@Path("/api/projects")
public final class ProjectResource implements RestResource {
  private final ProjectService service;

  /** Made by the component runtime. */
  @Activate
  public ProjectResource(@Reference ProjectService service) {
    this.service = service;
  }

  @POST
  @Op(
      value = "apps.project.create",
      access = Access.TENANT,
      summary = "Add a project to the tenant",
      status = 201,
      errors = "409 slug taken")
  public ProjectAnswer create(@Context Caller caller, Create body) {
    return ProjectAnswer.of(service.create(caller, body.toDraft()));
  }

  @GET
  @Op(
      value = "apps.project.list",
      access = Access.TENANT,
      summary = "Show every project of the tenant")
  public ProjectsAnswer list(
      @Context Caller caller,
      @QueryParam("search") @Size(max = 200) @Nullable String search,
      @Context PageRequest page) {
    return ProjectsAnswer.of(service.list(caller, search, page));
  }

  @GET
  @Path("{id}")
  @Op(value = "apps.project.get", access = Access.TENANT, summary = "Fetch one project")
  public ProjectAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return ProjectAnswer.of(service.get(caller, id));
  }

  @PATCH
  @Path("{id}")
  @Op(
      value = "apps.project.update",
      access = Access.TENANT,
      summary = "Change a project's name, slug or description",
      errors = {"409 slug taken", "412 changed meanwhile"})
  public ProjectAnswer update(
      @Context Caller caller, @PathParam("id") UUID id, @Context IfMatch ifMatch, Change body) {
    return ProjectAnswer.of(service.update(caller, id, ifMatch, body.toPatch()));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "apps.project.delete",
      access = Access.TENANT_ADMIN,
      summary = "Remove a project together with its links",
      errors = "412 changed meanwhile")
  public void delete(@Context Caller caller, @PathParam("id") UUID id, @Context IfMatch ifMatch) {
    service.delete(caller, id, ifMatch);
  }
}
