package dev.slipway.billing.stripe;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.AutomaticTax;
import com.stripe.param.checkout.SessionCreateParams.BillingAddressCollection;
import com.stripe.param.checkout.SessionCreateParams.CustomerUpdate;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import dev.slipway.billing.store.Checkout;
import java.util.Locale;

/** How a checkout is put to Stripe: the same checkout always in the same words. */
final class SessionParams {
  private SessionParams() {}

  static SessionCreateParams of(Checkout checkout, String customer, StripeSettings settings) {
    var tenant = checkout.tenantId().toString();
    var params =
        SessionCreateParams.builder()
            .setCustomer(customer)
            .setClientReferenceId(tenant)
            .setBillingAddressCollection(BillingAddressCollection.REQUIRED)
            .setCustomerUpdate(
                CustomerUpdate.builder()
                    .setAddress(CustomerUpdate.Address.AUTO)
                    .setName(CustomerUpdate.Name.AUTO)
                    .build())
            .setSuccessUrl(settings.returnUrl() + "?checkout=success")
            .setCancelUrl(settings.returnUrl() + "?checkout=canceled")
            .setExpiresAt(checkout.expiresAt().getEpochSecond())
            .putMetadata(StripeApi.CHECKOUT, checkout.id().toString())
            .putMetadata("slipway_tenant", tenant);
    if (settings.automaticTax()) {
      params.setAutomaticTax(AutomaticTax.builder().setEnabled(true).build());
    }
    return checkout.planId() == null
        ? purchase(params, checkout).build()
        : subscription(params, checkout).build();
  }

  private static SessionCreateParams.Builder subscription(
      SessionCreateParams.Builder params, Checkout checkout) {
    return params
        .setMode(Mode.SUBSCRIPTION)
        .addLineItem(LineItem.builder().setPrice(checkout.price()).setQuantity(1L).build())
        .setSubscriptionData(
            SubscriptionData.builder()
                .putMetadata("slipway_tenant", checkout.tenantId().toString())
                .build());
  }

  private static SessionCreateParams.Builder purchase(
      SessionCreateParams.Builder params, Checkout checkout) {
    var what = LineItem.PriceData.ProductData.builder().setName(checkout.bundleName()).build();
    var price =
        LineItem.PriceData.builder()
            .setCurrency(checkout.currency().toLowerCase(Locale.ROOT))
            .setUnitAmount(checkout.amountCents())
            .setProductData(what)
            .build();
    return params
        .setMode(Mode.PAYMENT)
        .addLineItem(LineItem.builder().setPriceData(price).setQuantity(1L).build());
  }
}
