package dev.slipway.apps.resource.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.variable.EnvVarPayloads.ResolvedAnswer;
import dev.slipway.apps.resource.variable.EnvironmentVariablePayloads.Clone;
import dev.slipway.apps.resource.variable.EnvironmentVariablePayloads.CloneAnswer;
import dev.slipway.apps.resource.variable.EnvironmentVariablePayloads.Put;
import dev.slipway.apps.service.variable.EnvironmentVariableService;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Variables of one environment. */
@Component(service = RestResource.class)
@Path("/api/environments/{envId}")
public final class EnvironmentVariableResource implements RestResource {
  private final EnvironmentVariableService service;

  /** Made by the component runtime. */
  @Activate
  public EnvironmentVariableResource(@Reference EnvironmentVariableService service) {
    this.service = service;
  }

  @GET
  @Path("env-vars")
  @Op(
      value = "apps.environment-variable.list",
      access = Access.TENANT,
      summary = "Show the variables an environment ends up with")
  public ResolvedAnswer list(@Context Caller caller, @PathParam("envId") UUID envId) {
    return EnvironmentVariablePayloads.answer(service.list(caller, envId));
  }

  @PUT
  @Path("env-vars")
  @Op(
      value = "apps.environment-variable.set",
      access = Access.TENANT,
      summary = "Create or replace an environment's variable overrides",
      errors = "422 too many or too large")
  public ResolvedAnswer set(@Context Caller caller, @PathParam("envId") UUID envId, Put body) {
    return EnvironmentVariablePayloads.answer(service.put(caller, envId, body.entries()));
  }

  @DELETE
  @Path("env-vars/{key}")
  @Op(
      value = "apps.environment-variable.delete",
      access = Access.TENANT,
      summary = "Drop one override so the inherited value applies")
  public void delete(
      @Context Caller caller,
      @PathParam("envId") UUID envId,
      @PathParam("key") @Size(max = 255) String key) {
    service.delete(caller, envId, key);
  }

  @POST
  @Path("clone-env-vars")
  @Op(
      value = "apps.environment-variable.clone",
      access = Access.TENANT,
      summary = "Copy overrides over from a sibling environment",
      errors = {"404 no such sibling", "422 too many or too large"})
  public CloneAnswer copy(@Context Caller caller, @PathParam("envId") UUID envId, Clone body) {
    var copied =
        service.copy(
            caller,
            envId,
            body.sourceEnvironmentId(),
            Boolean.TRUE.equals(body.overwrite()),
            Objects.requireNonNullElse(body.includeSecrets(), true));
    return new CloneAnswer(copied.copied(), copied.skipped());
  }
}
