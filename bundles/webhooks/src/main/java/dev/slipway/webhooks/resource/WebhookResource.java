package dev.slipway.webhooks.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.resource.DeliveryPayloads.DeliveryAnswer;
import dev.slipway.webhooks.resource.DeliveryPayloads.EventTypesAnswer;
import dev.slipway.webhooks.resource.WebhookPayloads.CreatedAnswer;
import dev.slipway.webhooks.resource.WebhookPayloads.Draft;
import dev.slipway.webhooks.resource.WebhookPayloads.RevealedAnswer;
import dev.slipway.webhooks.resource.WebhookPayloads.SecretAnswer;
import dev.slipway.webhooks.resource.WebhookPayloads.StatusAnswer;
import dev.slipway.webhooks.resource.WebhookPayloads.View;
import dev.slipway.webhooks.resource.WebhookPayloads.WebhookAnswer;
import dev.slipway.webhooks.resource.WebhookPayloads.WebhooksAnswer;
import dev.slipway.webhooks.service.DeliveryService;
import dev.slipway.webhooks.service.EndpointService;
import dev.slipway.webhooks.service.EventType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Webhooks of the root tenant, which hear what happens on the platform. */
@Component(service = RestResource.class)
@Path("/api/admin/webhooks")
public final class WebhookResource implements RestResource {
  private final EndpointService webhooks;
  private final DeliveryService deliveries;

  /** Made by the component runtime. */
  @Activate
  public WebhookResource(
      @Reference EndpointService webhooks, @Reference DeliveryService deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  @GET
  @Op(
      value = "webhooks.webhook.list",
      access = Access.ROOT_ADMIN,
      summary = "List active webhooks, newest first")
  public WebhooksAnswer list(@Context Caller caller) {
    var all = webhooks.list(caller, Family.ADMIN, EndpointService.MAX_ENDPOINTS, 0);
    return WebhooksAnswer.of(all.webhooks());
  }

  @GET
  @Path("event-types")
  @Op(
      value = "webhooks.event-type.list",
      access = Access.ROOT_ADMIN,
      summary = "List event types a webhook may subscribe to")
  public EventTypesAnswer eventTypes() {
    return EventTypesAnswer.of(EventType.of(Family.ADMIN));
  }

  @POST
  @Op(
      value = "webhooks.webhook.create",
      access = Access.ROOT_ADMIN,
      summary = "Add a webhook with a generated signing secret",
      status = 201,
      errors = {"400 unknown event type or forbidden URL", "422 too many webhooks"})
  public CreatedAnswer create(@Context Caller caller, Draft body) {
    return CreatedAnswer.of(webhooks.create(caller, Family.ADMIN, body.toDraft()));
  }

  @GET
  @Path("{webhookId}")
  @Op(
      value = "webhooks.webhook.get",
      access = Access.ROOT_ADMIN,
      summary = "Fetch webhook, secret, and latest 20 deliveries",
      audited = true)
  public RevealedAnswer get(@Context Caller caller, @PathParam("webhookId") UUID id) {
    return RevealedAnswer.of(webhooks.reveal(caller, Family.ADMIN, id));
  }

  @PUT
  @Path("{webhookId}")
  @Op(
      value = "webhooks.webhook.update",
      access = Access.ROOT_ADMIN,
      summary = "Edit a webhook; keep its secret",
      errors = "400 unknown event type or forbidden URL")
  public WebhookAnswer update(@Context Caller caller, @PathParam("webhookId") UUID id, Draft body) {
    var updated = webhooks.update(caller, Family.ADMIN, id, before -> body.toDraft());
    return new WebhookAnswer(View.of(updated));
  }

  @DELETE
  @Path("{webhookId}")
  @Op(
      value = "webhooks.webhook.delete",
      access = Access.ROOT_ADMIN,
      summary = "Soft-delete a webhook and stop deliveries")
  public StatusAnswer delete(@Context Caller caller, @PathParam("webhookId") UUID id) {
    webhooks.delete(caller, Family.ADMIN, id);
    return new StatusAnswer("deleted");
  }

  @POST
  @Path("{webhookId}/test")
  @RateLimit(calls = 60, seconds = 60)
  @Op(
      value = "webhooks.webhook.test",
      access = Access.ROOT_ADMIN,
      summary = "Send a sample tenant.created delivery")
  public DeliveryAnswer test(@Context Caller caller, @PathParam("webhookId") UUID id)
      throws InterruptedException {
    return DeliveryAnswer.of(deliveries.test(caller, Family.ADMIN, id));
  }

  @POST
  @Path("{webhookId}/regenerate-secret")
  @Op(
      value = "webhooks.webhook-secret.regenerate",
      access = Access.ROOT_ADMIN,
      summary = "Replace a webhook's signing secret immediately")
  public SecretAnswer regenerateSecret(
      @Context Caller caller,
      @PathParam("webhookId") UUID id,
      @QueryParam("graceSeconds") @DefaultValue("0") @Min(0) @Max(604_800) int graceSeconds) {
    var grace = Duration.ofSeconds(graceSeconds);
    return SecretAnswer.of(webhooks.rotate(caller, Family.ADMIN, id, grace));
  }
}
