package dev.slipway.billing.resource;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.billing.resource.BundlePayloads.BundlesAnswer;
import dev.slipway.billing.service.BillingService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Credit bundles on offer. */
@Component(service = RestResource.class)
@Path("/api/credit-bundles")
public final class BundleResource implements RestResource {
  private final BillingService billing;

  /** Made by the component runtime. */
  @Activate
  public BundleResource(@Reference BillingService billing) {
    this.billing = billing;
  }

  @GET
  @Op(
      value = "billing.bundle.offer",
      access = Access.USER,
      summary = "List purchasable credit bundles by sort order")
  public BundlesAnswer offer() {
    return BundlesAnswer.of(billing.bundles());
  }
}
