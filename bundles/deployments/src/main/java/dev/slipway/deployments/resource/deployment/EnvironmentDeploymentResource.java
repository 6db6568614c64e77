package dev.slipway.deployments.resource.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads.CreatedAnswer;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentsAnswer;
import dev.slipway.deployments.resource.StatusList;
import dev.slipway.deployments.resource.deployment.EnvironmentDeploymentPayloads.Ship;
import dev.slipway.deployments.service.approval.IntentService;
import dev.slipway.deployments.service.deployment.EnvironmentDeployments;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
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

/** Deployments into one environment. */
@Component(service = RestResource.class)
@Path("/api/environments/{envId}/deployments")
public final class EnvironmentDeploymentResource implements RestResource {
  private final EnvironmentDeployments service;
  private final IntentService intents;

  @Activate
  public EnvironmentDeploymentResource(
      @Reference EnvironmentDeployments service, @Reference IntentService intents) {
    this.service = service;
    this.intents = intents;
  }

  @POST
  @Op(
      value = "deployments.environment-deployment.create",
      access = Access.TENANT,
      summary = "Ship a version into one environment",
      status = 202,
      errors = {
        "404 deployment to promote unknown",
        "409 chosen server is cordoned or draining",
        "409 app is being deleted",
        "422 no source, no such branch or commit, or no server that can run it",
        "422 the build can not be promoted to here"
      })
  public CreatedAnswer create(
      @Context Caller caller, @PathParam("envId") UUID envId, @Nullable Ship body) {
    var wish = Objects.requireNonNullElse(body, Ship.USUAL);
    var deployment = service.deploy(caller, envId, wish.to(envId), wish.promoteFromDeploymentId());
    return CreatedAnswer.of(deployment, intents.of(caller, deployment));
  }

  @GET
  @Op(
      value = "deployments.environment-deployment.list",
      access = Access.TENANT,
      summary = "Show what was shipped into an environment")
  public DeploymentsAnswer list(
      @Context Caller caller,
      @PathParam("envId") UUID envId,
      @QueryParam("status") @Size(max = 200) @Nullable String status,
      @Context PageRequest page) {
    return DeploymentsAnswer.of(service.list(caller, envId, StatusList.of(status), page));
  }
}
