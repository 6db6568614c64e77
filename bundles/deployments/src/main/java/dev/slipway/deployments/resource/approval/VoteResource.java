package dev.slipway.deployments.resource.approval;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads.Comment;
import dev.slipway.deployments.resource.approval.ApprovalPayloads.Rejection;
import dev.slipway.deployments.resource.approval.ApprovalPayloads.VotedAnswer;
import dev.slipway.deployments.service.approval.Decisions;
import dev.slipway.deployments.store.approval.ApprovalRow.Decision;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Votes of approvers on deployments that a policy holds. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deployments")
public final class VoteResource implements RestResource {
  private final Decisions decisions;

  @Activate
  public VoteResource(@Reference Decisions decisions) {
    this.decisions = decisions;
  }

  @POST
  @Path("{deploymentId}/approve")
  @Op(
      value = "deployments.vote.approve",
      access = Access.TENANT,
      summary = "Vote yes on a deployment stopped by policy",
      errors = {"403 not an approver under the policy", "409 not gated"})
  public VotedAnswer approve(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("deploymentId") UUID id,
      @Nullable Comment body) {
    return VotedAnswer.of(decisions.vote(caller, appId, id, Decision.APPROVED, Comment.of(body)));
  }

  @POST
  @Path("{deploymentId}/reject")
  @Op(
      value = "deployments.vote.reject",
      access = Access.TENANT,
      summary = "Vote no on a deployment stopped by policy",
      errors = {"400 comment missing", "403 not an approver under the policy", "409 not gated"})
  public VotedAnswer reject(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("deploymentId") UUID id,
      @NotNull Rejection body) {
    return VotedAnswer.of(decisions.vote(caller, appId, id, Decision.REJECTED, body.comment()));
  }
}
