package dev.slipway.deployments.resource.approval;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads.Comment;
import dev.slipway.deployments.resource.DeploymentPayloads.Reason;
import dev.slipway.deployments.resource.IntentPayloads.IntentAnswer;
import dev.slipway.deployments.resource.IntentPayloads.IntentsAnswer;
import dev.slipway.deployments.resource.StatusList;
import dev.slipway.deployments.service.approval.IntentService;
import dev.slipway.deployments.store.approval.IntentRow;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
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

/** Deployments that wait, in the queue of their app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deployment-intents")
public final class IntentResource implements RestResource {
  private final IntentService service;

  @Activate
  public IntentResource(@Reference IntentService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "deployments.intent.list",
      access = Access.TENANT,
      summary = "Show deployments waiting in the app's queue")
  public IntentsAnswer list(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("status") @Size(max = 200) @Nullable String status) {
    var statuses = StatusList.of(status, "status", IntentRow.Status.values());
    return IntentsAnswer.of(service.list(caller, appId, statuses));
  }

  @GET
  @Path("{intentId}")
  @Op(
      value = "deployments.intent.get",
      access = Access.TENANT,
      summary = "Fetch one waiting deployment intent")
  public IntentAnswer get(
      @Context Caller caller, @PathParam("appId") UUID appId, @PathParam("intentId") UUID id) {
    return IntentAnswer.of(service.get(caller, appId, id));
  }

  @POST
  @Path("{intentId}/cancel")
  @Op(
      value = "deployments.intent.cancel",
      access = Access.TENANT,
      summary = "Take an intent out of the queue",
      errors = "409 no longer queued")
  public IntentAnswer cancel(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("intentId") UUID id,
      @Nullable Reason body) {
    return IntentAnswer.of(service.cancel(caller, appId, id, Reason.of(body)));
  }

  @POST
  @Path("{intentId}/approve")
  @Op(
      value = "deployments.intent.approve",
      access = Access.TENANT_ADMIN,
      summary = "Let a waiting intent proceed",
      errors = {
        "403 own deployment, and the policy asks for somebody else",
        "409 no longer queued"
      })
  public IntentAnswer approve(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("intentId") UUID id,
      @Nullable Comment body) {
    return IntentAnswer.of(service.approve(caller, appId, id, Comment.of(body)));
  }

  @POST
  @Path("{intentId}/reject")
  @Op(
      value = "deployments.intent.reject",
      access = Access.TENANT_ADMIN,
      summary = "Turn down a waiting intent",
      errors = "409 no longer queued")
  public IntentAnswer reject(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("intentId") UUID id,
      @Nullable Reason body) {
    return IntentAnswer.of(service.reject(caller, appId, id, Reason.of(body)));
  }
}
