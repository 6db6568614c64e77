package dev.slipway.apps.resource.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.variable.EnvVarPayloads.Change;
import dev.slipway.apps.resource.variable.EnvVarPayloads.Create;
import dev.slipway.apps.resource.variable.EnvVarPayloads.EnvVarAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.EnvVarsAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.ReadsAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.Revealed;
import dev.slipway.apps.service.variable.EnvVarService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** Variables of one app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/env-vars")
public final class EnvVarResource implements RestResource {
  private final EnvVarService service;

  /** Made by the component runtime. */
  @Activate
  public EnvVarResource(@Reference EnvVarService service) {
    this.service = service;
  }

  @POST
  @Op(
      value = "apps.env-var.create",
      access = Access.TENANT,
      summary = "Add a variable to an app",
      status = 201,
      errors = {"409 key exists", "422 too many or too large"})
  public EnvVarAnswer create(@Context Caller caller, @PathParam("appId") UUID appId, Create body) {
    return EnvVarAnswer.of(service.create(caller, appId, body.toDraft()));
  }

  @GET
  @Op(
      value = "apps.env-var.list",
      access = Access.TENANT,
      summary = "Show an app's variables, secrets masked")
  public EnvVarsAnswer list(@Context Caller caller, @PathParam("appId") UUID appId) {
    return EnvVarsAnswer.of(service.list(caller, appId));
  }

  @PATCH
  @Path("{id}")
  @Op(
      value = "apps.env-var.update",
      access = Access.TENANT,
      summary = "Edit an app variable",
      errors = {"412 changed meanwhile", "422 too large"})
  public EnvVarAnswer update(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("id") UUID id,
      @Context IfMatch ifMatch,
      Change body) {
    return EnvVarAnswer.of(service.update(caller, appId, id, ifMatch, body.toPatch()));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "apps.env-var.delete",
      access = Access.TENANT,
      summary = "Drop an app variable",
      errors = "412 changed meanwhile")
  public void delete(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("id") UUID id,
      @Context IfMatch ifMatch) {
    service.delete(caller, appId, id, ifMatch);
  }

  @POST
  @Path("{id}/reveal")
  @Op(
      value = "apps.env-var.reveal",
      access = Access.TENANT,
      summary = "Disclose an app variable in clear, with audit trail",
      audited = true)
  public Revealed reveal(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("id") UUID id,
      @HeaderParam("User-Agent") @Nullable String userAgent) {
    return Revealed.of(service.reveal(caller, appId, id, userAgent));
  }

  @GET
  @Path("{id}/reads")
  @Op(
      value = "apps.env-var-read.list",
      access = Access.TENANT_ADMIN,
      summary = "Show who recently read an app variable")
  public ReadsAnswer reads(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("id") UUID id,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return ReadsAnswer.of(service.reads(caller, appId, id, limit));
  }
}
