package dev.slipway.deployments.resource.hook;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.hook.DeployTokenPayloads.Create;
import dev.slipway.deployments.resource.hook.DeployTokenPayloads.CreatedAnswer;
import dev.slipway.deployments.resource.hook.DeployTokenPayloads.TokensAnswer;
import dev.slipway.deployments.service.hook.DeployTokenService;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tokens that can deploy one app and do nothing else. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deploy-tokens")
public final class DeployTokenResource implements RestResource {
  private final DeployTokenService service;

  @Activate
  public DeployTokenResource(@Reference DeployTokenService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "deployments.token.list",
      access = Access.TENANT,
      summary = "Show own deploy tokens for an app",
      errors = "403 caller is no user")
  public TokensAnswer list(@Context Caller caller, @PathParam("appId") UUID appId) {
    return TokensAnswer.of(service.list(caller, appId));
  }

  @POST
  @Op(
      value = "deployments.token.create",
      access = Access.TENANT,
      summary = "Issue a token that can deploy only this app",
      status = 201,
      errors = {"403 caller is no user", "409 too many tokens"})
  public CreatedAnswer create(
      @Context Caller caller, @PathParam("appId") UUID appId, @NotNull Create body) {
    return CreatedAnswer.of(service.create(caller, appId, body.name(), body.expiresInDays()));
  }

  @DELETE
  @Path("{keyId}")
  @Op(
      value = "deployments.token.delete",
      access = Access.TENANT,
      summary = "Invalidate a deploy token",
      errors = "403 caller is no user")
  public void delete(
      @Context Caller caller, @PathParam("appId") UUID appId, @PathParam("keyId") UUID id) {
    service.delete(caller, appId, id);
  }
}
