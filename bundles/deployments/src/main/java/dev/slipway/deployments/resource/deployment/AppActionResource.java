package dev.slipway.deployments.resource.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentAnswer;
import dev.slipway.deployments.resource.DeploymentPayloads.Replay;
import dev.slipway.deployments.resource.DeploymentPayloads.Rollback;
import dev.slipway.deployments.resource.DeploymentPayloads.Started;
import dev.slipway.deployments.service.action.ActionService;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.overview.ProgressFeed;
import dev.slipway.deployments.store.ActionRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be done to an app that was deployed. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}")
public final class AppActionResource implements RestResource {
  /** The year 9999. */
  private static final long LAST = 253_402_300_799_000L;

  private final DeploymentService deployments;
  private final ActionService actions;
  private final ProgressFeed progress;

  @Activate
  public AppActionResource(
      @Reference DeploymentService deployments,
      @Reference ActionService actions,
      @Reference ProgressFeed progress) {
    this.deployments = deployments;
    this.actions = actions;
    this.progress = progress;
  }

  @POST
  @Path("rollback")
  @Op(
      value = "deployments.app.rollback",
      access = Access.TENANT,
      summary = "Bring back an earlier version of an app",
      status = 202,
      errors = {
        "404 nothing to roll back to",
        "409 version is live already",
        "409 server is cordoned or draining"
      })
  public DeploymentAnswer rollback(
      @Context Caller caller, @PathParam("appId") UUID appId, @Nullable Rollback body) {
    var wish = body == null ? new Rollback(null, null, null) : body;
    return DeploymentAnswer.of(
        deployments.rollBack(
            caller, appId, wish.environment(), wish.deploymentId(), wish.reason()));
  }

  @POST
  @Path("restart")
  @Op(
      value = "deployments.app.restart",
      access = Access.TENANT,
      summary = "Bounce an app's containers",
      status = 202,
      errors = {"409 app is being worked on", "422 never deployed, or agent offline"})
  public Started restart(@Context Caller caller, @PathParam("appId") UUID appId) {
    return new Started(actions.request(caller, appId, ActionRow.Kind.RESTART));
  }

  @POST
  @Path("stop")
  @Op(
      value = "deployments.app.stop",
      access = Access.TENANT,
      summary = "Halt a running app",
      status = 202,
      errors = {"409 app is being worked on", "422 never deployed, or agent offline"})
  public Started stop(@Context Caller caller, @PathParam("appId") UUID appId) {
    return new Started(actions.request(caller, appId, ActionRow.Kind.STOP));
  }

  @POST
  @Path("start")
  @Op(
      value = "deployments.app.start",
      access = Access.TENANT,
      summary = "Bring a stopped app up",
      status = 202,
      errors = {"409 app is being worked on", "422 never deployed, or agent offline"})
  public Started start(@Context Caller caller, @PathParam("appId") UUID appId) {
    return new Started(actions.request(caller, appId, ActionRow.Kind.START));
  }

  @GET
  @Path("deploy-progress/replay")
  @Op(
      value = "deployments.app-progress.replay",
      access = Access.TENANT,
      summary = "Fetch missed progress events after an SSE reconnect",
      errors = {"400 from_ts missing or older than 24h", "400 limit outside 1..2000"})
  public Replay replay(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("from_ts") @Min(0) @Max(LAST) @Nullable Long from,
      @QueryParam("limit") @DefaultValue("500") @Min(1) @Max(2000) int limit) {
    return new Replay(
        progress.replay(caller, appId, from == null ? null : Instant.ofEpochMilli(from), limit));
  }

  @GET
  @Path("deploy-progress")
  @Op(
      value = "deployments.app-progress.stream",
      access = Access.TENANT,
      summary = "Follow whichever deployment is currently in progress",
      errors = "404 no deployment in progress")
  public Sse progress(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
    return progress.follow(caller, deployments.unfinished(caller, appId), lastEventId);
  }
}
