package dev.slipway.deployments.resource.hook;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.hook.HookPayloads.Trigger;
import dev.slipway.deployments.resource.hook.HookPayloads.TriggeredAnswer;
import dev.slipway.deployments.service.hook.HookService;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The addresses that deploy hooks lead to. */
@Component(service = RestResource.class)
@Path("/api/deploy-hooks")
public final class HookTriggerResource implements RestResource {
  private final HookService service;

  @Activate
  public HookTriggerResource(@Reference HookService service) {
    this.service = service;
  }

  @POST
  @Path("{token}")
  @RateLimit(calls = 60, seconds = 60)
  @PublicOp(
      value = "deployments.hook.trigger",
      reason = "the token in the path is the credential",
      summary = "Start a deployment through a secret hook URL",
      status = 202,
      errors = {
        "404 unknown or deleted hook",
        "422 no source, no such branch or commit, or no server that can run it"
      })
  public TriggeredAnswer trigger(
      @Context Caller caller, @PathParam("token") String token, @Nullable Trigger body) {
    var wish = body == null ? new Trigger(null, null) : body;
    return TriggeredAnswer.of(service.trigger(caller, token, wish.ref(), wish.commitSha()));
  }
}
