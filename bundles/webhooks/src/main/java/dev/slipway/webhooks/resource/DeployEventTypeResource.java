package dev.slipway.webhooks.resource;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.resource.DeliveryPayloads.EventTypesAnswer;
import dev.slipway.webhooks.service.EventType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.osgi.service.component.annotations.Component;

/** What deploy webhooks may hear. */
@Component(service = RestResource.class)
@Path("/api/deploy-webhook-event-types")
public final class DeployEventTypeResource implements RestResource {
  @GET
  @Op(
      value = "webhooks.deploy-event-type.list",
      access = Access.TENANT,
      summary = "Show event types deploy webhooks can carry")
  public EventTypesAnswer list() {
    return EventTypesAnswer.of(EventType.of(Family.DEPLOY));
  }
}
