package dev.slipway.apps.resource.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.variable.EnvVarPayloads.EnvVarAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.Revealed;
import dev.slipway.apps.resource.variable.VariableVersionPayloads.VersionsAnswer;
import dev.slipway.apps.service.variable.VariableVersionService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a variable of any layer was. */
@Component(service = RestResource.class)
@Path("/api/env-vars/{id}/versions")
public final class VariableVersionResource implements RestResource {
  private final VariableVersionService service;

  /** Made by the component runtime. */
  @Activate
  public VariableVersionResource(@Reference VariableVersionService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "apps.env-var-version.list",
      access = Access.TENANT,
      summary = "Show what a variable was, who changed it and when, secrets masked")
  public VersionsAnswer list(@Context Caller caller, @PathParam("id") UUID id) {
    return VersionsAnswer.of(service.list(caller, id));
  }

  @POST
  @Path("{versionId}/restore")
  @Op(
      value = "apps.env-var-version.restore",
      access = Access.TENANT,
      summary = "Bring an earlier version of a variable back, as a new one",
      errors = {"409 its value was revoked", "412 changed meanwhile", "422 too large"})
  public EnvVarAnswer restore(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @PathParam("versionId") UUID versionId,
      @Context IfMatch ifMatch) {
    return EnvVarAnswer.of(service.restore(caller, id, versionId, ifMatch));
  }

  @POST
  @Path("{versionId}/reveal")
  @Op(
      value = "apps.env-var-version.reveal",
      access = Access.TENANT,
      summary = "Disclose what a variable was in clear, with audit trail",
      audited = true)
  public Revealed reveal(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @PathParam("versionId") UUID versionId,
      @HeaderParam("User-Agent") @Nullable String userAgent) {
    return Revealed.of(service.reveal(caller, id, versionId, userAgent));
  }
}
