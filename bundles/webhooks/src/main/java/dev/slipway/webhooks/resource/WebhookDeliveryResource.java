package dev.slipway.webhooks.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.resource.DeliveryPayloads.DeliveriesAnswer;
import dev.slipway.webhooks.resource.DeliveryPayloads.DeliveryAnswer;
import dev.slipway.webhooks.resource.DeliveryPayloads.TracedAnswer;
import dev.slipway.webhooks.service.DeliveryService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deliveries of the root tenant's webhooks. */
@Component(service = RestResource.class)
@Path("/api/admin/webhooks/{webhookId}/deliveries")
public final class WebhookDeliveryResource implements RestResource {
  private final DeliveryService deliveries;

  /** Made by the component runtime. */
  @Activate
  public WebhookDeliveryResource(@Reference DeliveryService deliveries) {
    this.deliveries = deliveries;
  }

  @GET
  @Op(
      value = "webhooks.delivery.list",
      access = Access.ROOT_ADMIN,
      summary = "List a webhook's deliveries, latest first")
  public DeliveriesAnswer list(
      @Context Caller caller, @PathParam("webhookId") UUID webhookId, @Context PageRequest page) {
    return DeliveriesAnswer.of(deliveries.list(caller, Family.ADMIN, webhookId, page));
  }

  @GET
  @Path("{deliveryId}")
  @Op(
      value = "webhooks.delivery.get",
      access = Access.ROOT_ADMIN,
      summary = "Fetch a delivery with its attempts")
  public TracedAnswer get(
      @Context Caller caller,
      @PathParam("webhookId") UUID webhookId,
      @PathParam("deliveryId") UUID deliveryId) {
    return TracedAnswer.of(deliveries.get(caller, Family.ADMIN, webhookId, deliveryId));
  }

  @POST
  @Path("{deliveryId}/replay")
  @Op(
      value = "webhooks.delivery.replay",
      access = Access.ROOT_ADMIN,
      summary = "Queue a delivery that is over once more",
      status = 202,
      errors = {"409 still waiting, or webhook switched off", "429 too many deliveries wait"})
  public DeliveryAnswer replay(
      @Context Caller caller,
      @PathParam("webhookId") UUID webhookId,
      @PathParam("deliveryId") UUID deliveryId) {
    return DeliveryAnswer.of(deliveries.replay(caller, Family.ADMIN, webhookId, deliveryId));
  }
}
