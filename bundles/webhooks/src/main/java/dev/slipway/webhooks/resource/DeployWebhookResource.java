package dev.slipway.webhooks.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.resource.DeliveryPayloads.DeliveryAnswer;
import dev.slipway.webhooks.resource.DeployWebhookPayloads.Change;
import dev.slipway.webhooks.resource.DeployWebhookPayloads.Create;
import dev.slipway.webhooks.resource.DeployWebhookPayloads.CreatedDeployWebhook;
import dev.slipway.webhooks.resource.DeployWebhookPayloads.DeployWebhookAnswer;
import dev.slipway.webhooks.resource.DeployWebhookPayloads.DeployWebhooksAnswer;
import dev.slipway.webhooks.resource.DeployWebhookPayloads.ShownDeployWebhook;
import dev.slipway.webhooks.resource.DeployWebhookPayloads.View;
import dev.slipway.webhooks.resource.WebhookPayloads.SecretAnswer;
import dev.slipway.webhooks.service.DeliveryService;
import dev.slipway.webhooks.service.EndpointService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Webhooks of a tenant, which hear what happens to its deployments. */
@Component(service = RestResource.class)
@Path("/api/deploy-webhooks")
public final class DeployWebhookResource implements RestResource {
  private final EndpointService webhooks;
  private final DeliveryService deliveries;

  /** Made by the component runtime. */
  @Activate
  public DeployWebhookResource(
      @Reference EndpointService webhooks, @Reference DeliveryService deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  @GET
  @Op(
      value = "webhooks.deploy-webhook.list",
      access = Access.TENANT,
      summary = "Show own deploy webhooks")
  public DeployWebhooksAnswer list(
      @Context Caller caller,
      @QueryParam("page") @DefaultValue("1") @Min(1) @Max(1_000_000) int page,
      @QueryParam("perPage") @DefaultValue("20") @Min(1) @Max(100) int perPage) {
    var part = webhooks.list(caller, Family.DEPLOY, perPage, (page - 1L) * perPage);
    return DeployWebhooksAnswer.of(part, page, perPage);
  }

  @GET
  @Path("{id}")
  @Op(
      value = "webhooks.deploy-webhook.get",
      access = Access.TENANT,
      summary = "Fetch a deploy webhook")
  public ShownDeployWebhook get(@Context Caller caller, @PathParam("id") UUID id) {
    return ShownDeployWebhook.of(webhooks.get(caller, Family.DEPLOY, id));
  }

  @POST
  @Op(
      value = "webhooks.deploy-webhook.create",
      access = Access.TENANT,
      summary = "Add a deploy webhook",
      status = 201,
      errors = {
        "400 unknown event type or forbidden URL",
        "404 no such app",
        "422 too many webhooks"
      })
  public CreatedDeployWebhook create(@Context Caller caller, Create body) {
    return CreatedDeployWebhook.of(webhooks.create(caller, Family.DEPLOY, body.toDraft()));
  }

  @PATCH
  @Path("{id}")
  @Op(
      value = "webhooks.deploy-webhook.update",
      access = Access.TENANT,
      summary = "Change URL, events or pause of a deploy webhook",
      errors = "400 unknown event type or forbidden URL")
  public DeployWebhookAnswer update(@Context Caller caller, @PathParam("id") UUID id, Change body) {
    var updated = webhooks.update(caller, Family.DEPLOY, id, body::over);
    return new DeployWebhookAnswer(View.of(updated));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "webhooks.deploy-webhook.delete",
      access = Access.TENANT,
      summary = "Remove a deploy webhook")
  public void delete(@Context Caller caller, @PathParam("id") UUID id) {
    webhooks.delete(caller, Family.DEPLOY, id);
  }

  @POST
  @Path("{id}/test")
  @RateLimit(calls = 60, seconds = 60)
  @Op(
      value = "webhooks.deploy-webhook.test",
      access = Access.TENANT,
      summary = "Send a sample deploy.succeeded delivery")
  public DeliveryAnswer test(@Context Caller caller, @PathParam("id") UUID id)
      throws InterruptedException {
    return DeliveryAnswer.of(deliveries.test(caller, Family.DEPLOY, id));
  }

  @POST
  @Path("{id}/regenerate-secret")
  @Op(
      value = "webhooks.deploy-webhook-secret.regenerate",
      access = Access.TENANT,
      summary = "Replace a deploy webhook's signing secret")
  public SecretAnswer regenerateSecret(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @QueryParam("graceSeconds") @DefaultValue("0") @Min(0) @Max(604_800) int graceSeconds) {
    var grace = Duration.ofSeconds(graceSeconds);
    return SecretAnswer.of(webhooks.rotate(caller, Family.DEPLOY, id, grace));
  }
}
