package dev.slipway.billing.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.billing.resource.BillingPayloads.CanceledAnswer;
import dev.slipway.billing.resource.BillingPayloads.CheckoutAnswer;
import dev.slipway.billing.resource.BillingPayloads.CheckoutInput;
import dev.slipway.billing.resource.BillingPayloads.ConfigAnswer;
import dev.slipway.billing.resource.BillingPayloads.PortalAnswer;
import dev.slipway.billing.resource.BillingPayloads.ReceivedAnswer;
import dev.slipway.billing.service.BillingService;
import dev.slipway.billing.service.CheckoutService;
import dev.slipway.billing.service.StripeInbox;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Buying, and what becomes of it. */
@Component(service = RestResource.class)
@Path("/api/billing")
public final class BillingResource implements RestResource {
  private static final int MAX_EVENT = 512 * 1024;

  private final BillingService billing;
  private final CheckoutService checkouts;
  private final StripeInbox inbox;

  /** Made by the component runtime. */
  @Activate
  public BillingResource(
      @Reference BillingService billing,
      @Reference CheckoutService checkouts,
      @Reference StripeInbox inbox) {
    this.billing = billing;
    this.checkouts = checkouts;
    this.inbox = inbox;
  }

  @POST
  @Path("checkout")
  @Op(
      value = "billing.checkout.create",
      access = Access.TENANT_OWNER,
      summary = "Open Stripe Checkout for a plan or credit bundle",
      errors = {
        "400 none or both ids, bad interval",
        "404 plan or bundle unknown",
        "409 the tenant has the plan already, or is just paying for another",
        "422 payment declined",
        "503 Stripe not configured"
      })
  public CheckoutAnswer checkout(@Context Caller caller, CheckoutInput body) {
    return checkouts
        .buy(caller, body.plan(), body.bundle(), body.interval())
        .map(url -> new CheckoutAnswer(url, null))
        .orElseGet(() -> new CheckoutAnswer(null, true));
  }

  @POST
  @Path("portal")
  @Op(
      value = "billing.portal.open",
      access = Access.TENANT_OWNER,
      summary = "Open the Stripe customer portal",
      errors = {"400 tenant has no Stripe customer", "503 Stripe not configured"})
  public PortalAnswer portal(@Context Caller caller) {
    return new PortalAnswer(billing.portal(caller));
  }

  @POST
  @Path("cancel")
  @Op(
      value = "billing.subscription.cancel",
      access = Access.TENANT_OWNER,
      summary = "End subscription when the paid period runs out",
      errors = {"400 no active subscription", "503 Stripe not configured"})
  public CanceledAnswer cancel(@Context Caller caller) {
    return new CanceledAnswer(
        "The subscription ends with the period that is paid.",
        billing.cancel(caller).currentPeriodEnd());
  }

  @GET
  @Path("config")
  @Op(
      value = "billing.config.get",
      access = Access.TENANT,
      summary = "Fetch publishable Stripe key for the frontend")
  public ConfigAnswer config() {
    return new ConfigAnswer(billing.publishableKey());
  }

  @POST
  @Path("webhook")
  @Consumes("application/json")
  @BodyLimit(MAX_EVENT)
  @PublicOp(
      value = "billing.webhook.receive",
      reason = "the signature over the body is the credential",
      summary = "Take in Stripe events",
      errors = {"400 signature check failed", "503 Stripe not configured"})
  public ReceivedAnswer webhook(
      @HeaderParam("Stripe-Signature") @Nullable String signature, InputStream body)
      throws IOException {
    var bytes = body.readNBytes(MAX_EVENT + 1);
    if (bytes.length > MAX_EVENT) {
      throw CommonError.TOO_LARGE.of(MAX_EVENT);
    }
    inbox.receive(bytes, signature);
    return new ReceivedAnswer(true);
  }
}
