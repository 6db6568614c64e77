package dev.slipway.apps.resource.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.variable.EnvVarPayloads.Create;
import dev.slipway.apps.resource.variable.EnvVarPayloads.EnvVarAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.EnvVarsAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.ProjectChange;
import dev.slipway.apps.resource.variable.EnvVarPayloads.Revealed;
import dev.slipway.apps.service.variable.ProjectEnvVarService;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Variables that all apps of one project share. */
@Component(service = RestResource.class)
@Path("/api/projects/{projectId}/env-vars")
public final class ProjectEnvVarResource implements RestResource {
  private final ProjectEnvVarService service;

  /** Made by the component runtime. */
  @Activate
  public ProjectEnvVarResource(@Reference ProjectEnvVarService service) {
    this.service = service;
  }

  @POST
  @Op(
      value = "apps.project-env-var.create",
      access = Access.TENANT,
      summary = "Add a variable shared by the project",
      status = 201,
      errors = {"409 key exists", "422 too many or too large"})
  public EnvVarAnswer create(
      @Context Caller caller, @PathParam("projectId") UUID projectId, Create body) {
    return EnvVarAnswer.of(service.create(caller, projectId, body.toDraft()));
  }

  @GET
  @Op(
      value = "apps.project-env-var.list",
      access = Access.TENANT,
      summary = "Show project variables, secrets masked")
  public EnvVarsAnswer list(@Context Caller caller, @PathParam("projectId") UUID projectId) {
    return EnvVarsAnswer.of(service.list(caller, projectId));
  }

  @PATCH
  @Path("{envVarId}")
  @Op(
      value = "apps.project-env-var.update",
      access = Access.TENANT,
      summary = "Edit a project variable's value, secrecy or stages",
      errors = {"412 changed meanwhile", "422 too large"})
  public EnvVarAnswer update(
      @Context Caller caller,
      @PathParam("projectId") UUID projectId,
      @PathParam("envVarId") UUID envVarId,
      @Context IfMatch ifMatch,
      ProjectChange body) {
    return EnvVarAnswer.of(service.update(caller, projectId, envVarId, ifMatch, body.toPatch()));
  }

  @POST
  @Path("{envVarId}/reveal")
  @Op(
      value = "apps.project-env-var.reveal",
      access = Access.TENANT,
      summary = "Disclose a project variable in clear, with audit trail",
      audited = true)
  public Revealed reveal(
      @Context Caller caller,
      @PathParam("projectId") UUID projectId,
      @PathParam("envVarId") UUID envVarId,
      @HeaderParam("User-Agent") @Nullable String userAgent) {
    return Revealed.of(service.reveal(caller, projectId, envVarId, userAgent));
  }

  @DELETE
  @Path("{key}")
  @Op(
      value = "apps.project-env-var.delete",
      access = Access.TENANT,
      summary = "Drop a project variable by key",
      errors = "412 changed meanwhile")
  public void delete(
      @Context Caller caller,
      @PathParam("projectId") UUID projectId,
      @PathParam("key") @Size(max = 255) String key,
      @Context IfMatch ifMatch) {
    service.delete(caller, projectId, key, ifMatch);
  }
}
