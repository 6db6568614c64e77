package dev.slipway.deployments.resource.approval;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.approval.ApprovalPayloads.Policy;
import dev.slipway.deployments.resource.approval.ApprovalPayloads.PolicyAnswer;
import dev.slipway.deployments.service.approval.PolicyService;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who must agree to an app's deployments. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}")
public final class PolicyResource implements RestResource {
  private final PolicyService policies;

  @Activate
  public PolicyResource(@Reference PolicyService policies) {
    this.policies = policies;
  }

  @PUT
  @Path("approval-policy")
  @Op(
      value = "deployments.approval-policy.set",
      access = Access.TENANT_ADMIN,
      summary = "Set who must sign off an app's deployments")
  public PolicyAnswer set(
      @Context Caller caller, @PathParam("appId") UUID appId, @NotNull Policy body) {
    return PolicyAnswer.of(policies.set(caller, appId, body.toDraft()));
  }
}
