package dev.slipway.deployments.resource.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentAnswer;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentsAnswer;
import dev.slipway.deployments.resource.StatusList;
import dev.slipway.deployments.resource.deployment.LogPayloads.Stored;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.overview.DeploymentLog;
import dev.slipway.deployments.store.DeploymentFilter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployments of the whole tenant. */
@Component(service = RestResource.class)
@Path("/api/deployments")
public final class DeploymentResource implements RestResource {
  private final DeploymentService service;
  private final DeploymentLog log;

  @Activate
  public DeploymentResource(@Reference DeploymentService service, @Reference DeploymentLog log) {
    this.service = service;
    this.log = log;
  }

  @GET
  @Op(
      value = "deployments.deployment.list",
      access = Access.TENANT,
      summary = "Show deployments across the tenant",
      errors = "404 environment unknown")
  public DeploymentsAnswer list(
      @Context Caller caller,
      @QueryParam("app_id") @Nullable UUID appId,
      @QueryParam("environment_id") @Nullable UUID environmentId,
      @QueryParam("project_id") @Nullable UUID projectId,
      @QueryParam("server_id") @Nullable UUID serverId,
      @QueryParam("status") @Size(max = 200) @Nullable String status,
      @QueryParam("branch")
          @Size(max = 200)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          @Nullable String branch,
      @Context PageRequest page) {
    var filter =
        new DeploymentFilter(
            appId, environmentId, projectId, serverId, StatusList.of(status), branch);
    return DeploymentsAnswer.of(service.list(caller, filter, page));
  }

  @GET
  @Path("{id}")
  @Op(
      value = "deployments.deployment.get",
      access = Access.TENANT,
      summary = "Fetch a deployment by id alone, app inferred")
  public DeploymentAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return DeploymentAnswer.of(service.get(caller, id));
  }

  @GET
  @Path("{id}/logs/persisted")
  @Op(
      value = "deployments.log.read",
      access = Access.TENANT,
      summary = "Read the stored log of a deployment")
  public Stored log(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @QueryParam("after") @DefaultValue("0") @Min(0) long after,
      @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(5000) int limit) {
    return Stored.of(log.of(caller, id, after, limit), after, limit);
  }
}
