package dev.slipway.billing.stripe;

import com.stripe.model.checkout.Session;
import dev.slipway.billing.Transaction.Document;
import dev.slipway.billing.Transaction.Line;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A checkout session as Stripe has it. */
public record RemoteSession(
    String id,
    String url,
    String status,
    boolean paid,
    @Nullable String checkoutId,
    @Nullable String customer,
    @Nullable String subscription,
    @Nullable String invoice,
    long totalCents,
    long taxCents,
    String currency,
    List<String> buyer,
    String taxId) {

  static RemoteSession of(Session found) {
    var totals = found.getTotalDetails();
    var buyer = found.getCustomerDetails();
    var taxIds = buyer == null ? null : buyer.getTaxIds();
    var metadata = found.getMetadata();
    return new RemoteSession(
        found.getId(),
        Objects.requireNonNullElse(found.getUrl(), ""),
        found.getStatus(),
        !"unpaid".equals(found.getPaymentStatus()),
        metadata == null ? null : metadata.get(StripeApi.CHECKOUT),
        found.getCustomer(),
        found.getSubscription(),
        found.getInvoice(),
        Remote.number(found.getAmountTotal()),
        totals == null ? 0 : Remote.number(totals.getAmountTax()),
        Objects.requireNonNullElse(found.getCurrency(), "").toUpperCase(Locale.ROOT),
        buyer == null
            ? List.of()
            : Remote.customer(buyer.getName(), buyer.getEmail(), buyer.getAddress()),
        taxIds == null || taxIds.isEmpty() ? "" : taxIds.getFirst().getValue());
  }

  /** The invoice over what was bought with it. */
  public Document document(String what) {
    var net = totalCents - taxCents;
    var taxes =
        taxCents == 0
            ? List.<Line>of()
            : List.of(new Line("Tax" + Remote.rate(taxCents, net), 1, taxCents));
    return new Document(buyer, taxId, List.of(new Line(what, 1, net)), taxes);
  }

  /** Whether the customer is through with it. */
  public boolean complete() {
    return status.equals("complete");
  }
}
