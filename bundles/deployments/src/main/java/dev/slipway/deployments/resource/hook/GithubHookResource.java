package dev.slipway.deployments.resource.hook;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.push.PushPayloads.GithubAnswer;
import dev.slipway.deployments.service.hook.GithubHooks;
import dev.slipway.deployments.service.hook.GithubHooks.Delivery;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where GitHub sends its webhooks. */
@Component(service = RestResource.class)
@Path("/api/deploy-hooks/{token}/github")
public final class GithubHookResource implements RestResource {
  /** GitHub sends nothing larger. */
  private static final long LARGEST = 25L * 1024 * 1024;

  private final GithubHooks hooks;

  @Activate
  public GithubHookResource(@Reference GithubHooks hooks) {
    this.hooks = hooks;
  }

  @POST
  @Consumes({"application/json", "application/x-www-form-urlencoded"})
  @BodyLimit(LARGEST)
  @RateLimit(calls = 300, seconds = 60)
  @PublicOp(
      value = "deployments.hook.github",
      reason = "the token in the path is the credential",
      summary = "Tell a deploy hook of a push or pull request in the form of GitHub's webhooks",
      status = 202,
      errors = {
        "400 event not named, or a branch or commit that is none",
        "401 signed with another secret than the hook's token",
        "404 unknown or deleted hook",
        "413 over the limit"
      })
  public GithubAnswer take(
      @Context Caller caller,
      @PathParam("token") String token,
      @HeaderParam("X-GitHub-Event") @Nullable String event,
      @HeaderParam("X-GitHub-Delivery") @Nullable String delivery,
      @HeaderParam("X-Hub-Signature-256") @Nullable String signature,
      InputStream body)
      throws IOException {
    var sent = new Delivery(event, delivery, signature, body.readAllBytes());
    return GithubAnswer.of(hooks.take(caller, token, sent));
  }
}
