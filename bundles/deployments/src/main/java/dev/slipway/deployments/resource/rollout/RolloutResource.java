package dev.slipway.deployments.resource.rollout;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.rollout.RolloutPayloads.Policy;
import dev.slipway.deployments.resource.rollout.RolloutPayloads.RolloutAnswer;
import dev.slipway.deployments.service.rollout.RolloutService;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How new versions of an app are rolled out. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/rollout-policy")
public final class RolloutResource implements RestResource {
  private final RolloutService service;

  @Activate
  public RolloutResource(@Reference RolloutService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "deployments.rollout.get",
      access = Access.TENANT,
      summary = "Read how new versions are rolled out",
      errors = "404 none set")
  public RolloutAnswer get(@Context Caller caller, @PathParam("appId") UUID appId) {
    return RolloutAnswer.of(service.get(caller, appId));
  }

  @POST
  @Op(
      value = "deployments.rollout.create",
      access = Access.TENANT,
      summary = "Set a first rollout policy for an app",
      status = 201,
      errors = "409 policy exists")
  public RolloutAnswer create(
      @Context Caller caller, @PathParam("appId") UUID appId, @NotNull Policy body) {
    return RolloutAnswer.of(service.create(caller, appId, body.toDraft()));
  }

  @PUT
  @Op(
      value = "deployments.rollout.replace",
      access = Access.TENANT,
      summary = "Replace an app's rollout policy",
      errors = "404 none set")
  public RolloutAnswer replace(
      @Context Caller caller, @PathParam("appId") UUID appId, @NotNull Policy body) {
    return RolloutAnswer.of(service.replace(caller, appId, body.toDraft()));
  }

  @DELETE
  @Op(
      value = "deployments.rollout.delete",
      access = Access.TENANT,
      summary = "Return an app to default rollouts")
  public void delete(@Context Caller caller, @PathParam("appId") UUID appId) {
    service.delete(caller, appId);
  }
}
