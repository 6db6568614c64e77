package dev.slipway.apps.resource.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.secret.RotationPayloads.Rotate;
import dev.slipway.apps.resource.secret.RotationPayloads.RotationAnswer;
import dev.slipway.apps.resource.secret.RotationPayloads.RotationsAnswer;
import dev.slipway.apps.resource.secret.RotationPayloads.SetRotation;
import dev.slipway.apps.resource.variable.EnvVarPayloads.EnvVarAnswer;
import dev.slipway.apps.service.secret.RotationService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** New values for secrets of any layer. */
@Component(service = RestResource.class)
@Path("/api")
public final class RotationResource implements RestResource {
  private final RotationService service;

  /** Made by the component runtime. */
  @Activate
  public RotationResource(@Reference RotationService service) {
    this.service = service;
  }

  @GET
  @Path("secret-rotations")
  @Op(
      value = "apps.rotation.list",
      access = Access.TENANT,
      summary = "Show which secrets need new values, and when")
  public RotationsAnswer list(
      @Context Caller caller,
      @QueryParam("due") @DefaultValue("false") boolean due,
      @Context PageRequest page) {
    return RotationsAnswer.of(service.list(caller, due, page));
  }

  @GET
  @Path("env-vars/{id}/rotation")
  @Op(
      value = "apps.rotation.get",
      access = Access.TENANT,
      summary = "Show when a secret needs a new value")
  public RotationAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return RotationAnswer.of(service.get(caller, id));
  }

  @PUT
  @Path("env-vars/{id}/rotation")
  @Op(
      value = "apps.rotation.set",
      access = Access.TENANT,
      summary = "Say when a secret needs a new value, and what makes it",
      errors = "409 no secret")
  public RotationAnswer set(@Context Caller caller, @PathParam("id") UUID id, SetRotation body) {
    return RotationAnswer.of(service.put(caller, id, body.toDraft()));
  }

  @DELETE
  @Path("env-vars/{id}/rotation")
  @Op(
      value = "apps.rotation.delete",
      access = Access.TENANT,
      summary = "Let a secret stay as it is")
  public void delete(@Context Caller caller, @PathParam("id") UUID id) {
    service.delete(caller, id);
  }

  @POST
  @Path("env-vars/{id}/rotate")
  @Op(
      value = "apps.rotation.run",
      access = Access.TENANT,
      summary = "Give a secret a new value now, and tell the apps that have the old one",
      errors = {"409 no secret", "422 too large"})
  public EnvVarAnswer rotate(
      @Context Caller caller, @PathParam("id") UUID id, @Nullable Rotate body) {
    return EnvVarAnswer.of(service.rotate(caller, id, body == null ? null : body.value()));
  }
}
