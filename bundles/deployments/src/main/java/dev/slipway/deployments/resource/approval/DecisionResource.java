package dev.slipway.deployments.resource.approval;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads.Comment;
import dev.slipway.deployments.resource.DeploymentPayloads.DeploymentAnswer;
import dev.slipway.deployments.resource.DeploymentPayloads.Reason;
import dev.slipway.deployments.service.approval.Decisions;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What admins decide about deployments that have not begun. */
@Component(service = RestResource.class)
@Path("/api/deployments")
public final class DecisionResource implements RestResource {
  private final Decisions decisions;

  @Activate
  public DecisionResource(@Reference Decisions decisions) {
    this.decisions = decisions;
  }

  @POST
  @Path("{id}/approve")
  @Op(
      value = "deployments.deployment.approve",
      access = Access.TENANT_ADMIN,
      summary = "Clear a deployment held for review",
      errors = {
        "403 own deployment, and the policy asks for somebody else",
        "409 not awaiting review"
      })
  public DeploymentAnswer approve(
      @Context Caller caller, @PathParam("id") UUID id, @Nullable Comment body) {
    return DeploymentAnswer.of(decisions.clear(caller, id, Comment.of(body)));
  }

  @POST
  @Path("{id}/reject")
  @Op(
      value = "deployments.deployment.reject",
      access = Access.TENANT_ADMIN,
      summary = "Turn down a deployment held for review",
      errors = "409 not awaiting review")
  public DeploymentAnswer reject(
      @Context Caller caller, @PathParam("id") UUID id, @Nullable Comment body) {
    return DeploymentAnswer.of(decisions.turnDown(caller, id, Comment.of(body)));
  }

  @POST
  @Path("{id}/cancel")
  @Op(
      value = "deployments.deployment.cancel",
      access = Access.TENANT,
      summary = "Abort a deployment that has not started",
      errors = "409 no longer pending")
  public DeploymentAnswer cancel(
      @Context Caller caller, @PathParam("id") UUID id, @Nullable Reason body) {
    return DeploymentAnswer.of(decisions.cancel(caller, id, Reason.of(body)));
  }
}
