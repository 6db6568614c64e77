package dev.slipway.billing.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.billing.resource.PlanPayloads.OfferAnswer;
import dev.slipway.billing.service.BillingService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans on offer. */
@Component(service = RestResource.class)
@Path("/api/plans")
public final class PlanResource implements RestResource {
  private final BillingService billing;

  /** Made by the component runtime. */
  @Activate
  public PlanResource(@Reference BillingService billing) {
    this.billing = billing;
  }

  @GET
  @Op(
      value = "billing.plan.offer",
      access = Access.TENANT,
      summary = "List offered plans plus the tenant's billing state")
  public OfferAnswer offer(@Context Caller caller) {
    return OfferAnswer.of(billing.offer(caller));
  }
}
