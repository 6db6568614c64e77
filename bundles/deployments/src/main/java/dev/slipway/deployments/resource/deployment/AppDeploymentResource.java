package dev.slipway.deployments.resource.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.resource.DeploymentPayloads.CreatedAnswer;
import dev.slipway.deployments.resource.DeploymentPayloads.Deploy;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentAnswer;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentsAnswer;
import dev.slipway.deployments.resource.StatusList;
import dev.slipway.deployments.resource.deployment.LogPayloads.LogAnswer;
import dev.slipway.deployments.service.approval.IntentService;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.overview.DeploymentLog;
import dev.slipway.deployments.service.overview.ProgressFeed;
import dev.slipway.deployments.store.DeploymentFilter;
import dev.slipway.logs.Phase;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** Deployments of one app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deployments")
public final class AppDeploymentResource implements RestResource {
  private final DeploymentService service;
  private final ProgressFeed progress;
  private final DeploymentLog log;
  private final IntentService intents;

  @Activate
  public AppDeploymentResource(
      @Reference DeploymentService service,
      @Reference ProgressFeed progress,
      @Reference DeploymentLog log,
      @Reference IntentService intents) {
    this.service = service;
    this.progress = progress;
    this.log = log;
    this.intents = intents;
  }

  @POST
  @Op(
      value = "deployments.deployment.create",
      access = Access.TENANT,
      bound = "appId",
      summary = "Ship a new version of an app",
      status = 202,
      errors = {
        "404 server or environment unknown",
        "409 chosen server is cordoned or draining",
        "409 app is being deleted",
        "422 no source, no such branch or commit, or no server that can run it"
      })
  public CreatedAnswer create(
      @Context Caller caller, @PathParam("appId") UUID appId, @Nullable Deploy body) {
    var wish =
        body == null ? new Deploy(null, null, null, null, null, null, null, null, null) : body;
    var deployment = service.deploy(caller, appId, wish.toRequest());
    return CreatedAnswer.of(deployment, intents.of(caller, deployment));
  }

  @GET
  @Op(
      value = "deployments.app-deployment.list",
      access = Access.TENANT,
      summary = "Show an app's deployment history",
      errors = "404 environment unknown")
  public DeploymentsAnswer list(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("environment_id") @Nullable UUID environmentId,
      @QueryParam("status") @Size(max = 200) @Nullable String status,
      @QueryParam("branch")
          @Size(max = 200)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          @Nullable String branch,
      @Context PageRequest page) {
    var filter =
        new DeploymentFilter(appId, environmentId, null, null, StatusList.of(status), branch);
    return DeploymentsAnswer.of(service.listOfApp(caller, filter, page));
  }

  @GET
  @Path("{id}")
  @Op(
      value = "deployments.app-deployment.get",
      access = Access.TENANT,
      bound = "appId",
      summary = "Fetch one deployment of an app")
  public DeploymentAnswer get(
      @Context Caller caller, @PathParam("appId") UUID appId, @PathParam("id") UUID id) {
    return DeploymentAnswer.of(service.get(caller, appId, id));
  }

  @GET
  @Path("{deploymentId}/progress")
  @Op(
      value = "deployments.progress.stream",
      access = Access.TENANT,
      bound = "appId",
      summary = "Follow one named deployment live")
  public Sse progress(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("deploymentId") UUID id,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
    return progress.follow(caller, service.get(caller, appId, id), lastEventId);
  }

  @GET
  @Path("{deploymentId}/logs")
  @Op(
      value = "deployments.app-log.read",
      access = Access.TENANT,
      bound = "appId",
      summary = "Read the log of one deployment of an app")
  public LogAnswer log(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("deploymentId") UUID id,
      @QueryParam("phase") @Nullable Phase phase,
      @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(5000) int limit,
      @QueryParam("cursor") @Nullable String cursor) {
    return LogAnswer.of(log.of(caller, appId, id, phase, sequence(cursor), limit), limit);
  }

  private static long sequence(@Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    if (!cursor.matches("\\d{1,18}")) {
      throw CommonError.INVALID.of().withField("cursor", "must be a cursor of an earlier answer");
    }
    return Long.parseLong(cursor);
  }
}
