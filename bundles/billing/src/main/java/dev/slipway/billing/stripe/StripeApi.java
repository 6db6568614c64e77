package dev.slipway.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.InvoicePayment;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionListParams;
import dev.slipway.api.PlatformException;
import dev.slipway.api.net.Egress;
import dev.slipway.api.platform.IntegrationCalls;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.Secrets;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.Checkout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The calls to Stripe. Every write carries an idempotency key that follows from what it is for, so
 * that a repetition does nothing. None may be made inside a unit of work: they take up to a minute.
 */
@Component(service = StripeApi.class)
public final class StripeApi {
  /** What this code was written and tested against; the library must speak the same. */
  public static final String API_VERSION = "2026-07-29.dahlia";

  static final String CHECKOUT = "slipway_checkout";
  private static final String TENANT = "slipway_tenant";
  private static final int RETRIES = 2;

  /** Each refund is also told by an event of its own, so that none is missed beyond. */
  private static final long MOST_REFUNDS = 100;

  private final StripeSettings settings;
  private final @Nullable StripeClient client;
  private volatile @Nullable IntegrationCalls calls;

  /** Made by the component runtime. */
  @Activate
  public StripeApi(
      @Reference Platform platform, @Reference Egress egress, @Reference Secrets secrets) {
    settings = StripeSettings.of(platform);
    var key = settings.secretKey();
    if (key != null) {
      secrets.protect(key);
    }
    if (settings.webhookSecret() != null) {
      secrets.protect(settings.webhookSecret());
    }
    client =
        key == null ? null : client(key, settings.url(), new EgressClient(egress, this::count));
  }

  /** Counts each call from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setCalls(IntegrationCalls counted) {
    calls = counted;
  }

  /** Calls are counted no longer, as the area that shows them is gone. */
  public void unsetCalls(IntegrationCalls counted) {
    if (calls == counted) {
      calls = null;
    }
  }

  private void count() {
    var counted = calls;
    if (counted != null) {
      counted.called(StripeIntegration.NAME);
    }
  }

  private static StripeClient client(String key, String url, EgressClient http) {
    return new StripeClient.StripeClientBuilder()
        .setApiKey(key)
        .setApiBase(url)
        .setMaxNetworkRetries(RETRIES)
        .setHttpClient(http)
        .build();
  }

  /** What the operator says. */
  public StripeSettings settings() {
    return settings;
  }

  /** Whether there is a key. */
  public boolean configured() {
    return client != null;
  }

  /** Refuses with 503 where there is no key. */
  public void require() {
    connected();
  }

  /** Asks for something that changes nothing, to see whether the key is good. */
  void look() {
    var params = PriceListParams.builder().setLimit(1L).build();
    Answers.of(() -> connected().v1().prices().list(params));
  }

  /** Makes a tenant's customer. */
  public String createCustomer(UUID tenantId, String name, @Nullable String email) {
    var params =
        CustomerCreateParams.builder().setName(name).putMetadata(TENANT, tenantId.toString());
    if (email != null) {
      params.setEmail(email);
    }
    return Answers.of(
            () ->
                connected()
                    .v1()
                    .customers()
                    .create(params.build(), key("customer", tenantId, name, email)))
        .getId();
  }

  /** Makes a plan's price on these terms. */
  public String createPrice(Plan plan, BillingInterval interval, long amount) {
    var every =
        interval == BillingInterval.YEAR
            ? PriceCreateParams.Recurring.Interval.YEAR
            : PriceCreateParams.Recurring.Interval.MONTH;
    var params =
        PriceCreateParams.builder()
            .setCurrency(currency())
            .setUnitAmount(amount)
            .setRecurring(PriceCreateParams.Recurring.builder().setInterval(every).build())
            .setProductData(PriceCreateParams.ProductData.builder().setName(plan.name()).build())
            .putMetadata("slipway_plan", plan.id().toString())
            .build();
    var key = key("price", plan.id(), interval, amount, currency(), plan.name());
    return Answers.of(() -> connected().v1().prices().create(params, key)).getId();
  }

  /** Opens the session of a checkout; asked again it answers with the same one. */
  public RemoteSession openSession(Checkout checkout, String customer) {
    var params = SessionParams.of(checkout, customer, settings);
    return session(
        () ->
            connected().v1().checkout().sessions().create(params, key("checkout", checkout.id())));
  }

  /** Closes a session; refuses with 409 where it is paid already. */
  public void closeSession(String id) {
    var found = session(id);
    if (found.complete()) {
      throw BillingError.CHECKOUT_COMPLETED.of();
    }
    if (found.status().equals("open")) {
      try {
        session(() -> connected().v1().checkout().sessions().expire(id, key("expire", id)));
      } catch (PlatformException refused) {
        if (session(id).complete()) {
          throw BillingError.CHECKOUT_COMPLETED.of();
        }
        throw refused;
      }
    }
  }

  /** A session as it is now. */
  public RemoteSession session(String id) {
    return session(() -> connected().v1().checkout().sessions().retrieve(id));
  }

  private static RemoteSession session(Answers.Call<Session> call) {
    return RemoteSession.of(Answers.of(call));
  }

  /** A subscription as it is now. */
  public RemoteSubscription subscription(String id) {
    return RemoteSubscription.of(Answers.of(() -> connected().v1().subscriptions().retrieve(id)));
  }

  /** An invoice as it is now. */
  public RemoteInvoice invoice(String id) {
    return RemoteInvoice.of(Answers.of(() -> connected().v1().invoices().retrieve(id)));
  }

  /** A refund as it is now. */
  public RemoteRefund refund(String id) {
    return RemoteRefund.of(Answers.of(() -> connected().v1().refunds().retrieve(id)));
  }

  /** The refunds of a charge. */
  public List<RemoteRefund> refunds(String charge) {
    var params = RefundListParams.builder().setCharge(charge).setLimit(MOST_REFUNDS).build();
    return Answers.of(() -> connected().v1().refunds().list(params)).getData().stream()
        .map(RemoteRefund::of)
        .toList();
  }

  /** The invoice that a payment was for. */
  public Optional<String> invoicePaidBy(String payment) {
    var by =
        InvoicePaymentListParams.Payment.builder()
            .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
            .setPaymentIntent(payment)
            .build();
    var params = InvoicePaymentListParams.builder().setPayment(by).setLimit(1L).build();
    return Answers.of(() -> connected().v1().invoicePayments().list(params)).getData().stream()
        .map(InvoicePayment::getInvoice)
        .findFirst();
  }

  /** The session that a payment was made in; that of a subscription has an invoice instead. */
  public Optional<String> sessionPaidBy(String payment) {
    var params = SessionListParams.builder().setPaymentIntent(payment).setLimit(1L).build();
    return Answers.of(() -> connected().v1().checkout().sessions().list(params)).getData().stream()
        .map(Session::getId)
        .findFirst();
  }

  /**
   * Moves a subscription to another price at once; what is left of the old one is set off. Refuses
   * with 422 where the payment is declined, and nothing is changed then.
   */
  public RemoteSubscription change(RemoteSubscription current, String price, UUID checkoutId) {
    var item =
        SubscriptionUpdateParams.Item.builder().setId(current.itemId()).setPrice(price).build();
    var params =
        SubscriptionUpdateParams.builder()
            .addItem(item)
            .setCancelAtPeriodEnd(false)
            .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
            .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)
            .build();
    return RemoteSubscription.of(
        Answers.of(
            () ->
                connected()
                    .v1()
                    .subscriptions()
                    .update(current.id(), params, key("change", checkoutId))));
  }

  /** Lets a subscription run out with the period that is paid. */
  public RemoteSubscription cancelAtPeriodEnd(RemoteSubscription current) {
    var params = SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build();
    var key = key("cancel-later", current.id(), UUID.randomUUID());
    return RemoteSubscription.of(
        Answers.of(() -> connected().v1().subscriptions().update(current.id(), params, key)));
  }

  /** Ends a subscription at once; what is left of the period becomes the customer's credit. */
  public RemoteSubscription cancelNow(String subscription) {
    var params = SubscriptionCancelParams.builder().setProrate(true).setInvoiceNow(true).build();
    return RemoteSubscription.of(
        Answers.of(
            () ->
                connected()
                    .v1()
                    .subscriptions()
                    .cancel(subscription, params, key("cancel-now", subscription))));
  }

  /** Opens the customer portal and returns its address. */
  public String openPortal(String customer) {
    var params =
        com.stripe.param.billingportal.SessionCreateParams.builder()
            .setCustomer(customer)
            .setReturnUrl(settings.returnUrl().toString())
            .build();
    var key = key("portal", UUID.randomUUID());
    return Answers.of(() -> connected().v1().billingPortal().sessions().create(params, key))
        .getUrl();
  }

  private StripeClient connected() {
    if (client == null) {
      throw BillingError.STRIPE_NOT_CONFIGURED.of();
    }
    return client;
  }

  private String currency() {
    return settings.currency().toLowerCase(Locale.ROOT);
  }

  /** The parts hold all that the parameters are made of: Stripe refuses a key with others. */
  private static RequestOptions key(String what, @Nullable Object... parts) {
    var name = new StringBuilder();
    for (var part : parts) {
      name.append('/').append(part);
    }
    var id = UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
    return RequestOptions.builder().setIdempotencyKey("slipway-" + what + "-" + id).build();
  }
}
