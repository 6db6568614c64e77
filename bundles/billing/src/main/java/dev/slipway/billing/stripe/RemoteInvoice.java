package dev.slipway.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import dev.slipway.billing.Transaction.Document;
import dev.slipway.billing.Transaction.Line;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as Stripe has it.
 *
 * @param subscription null where it is for something else
 * @param reason such as {@code subscription_create} or {@code subscription_cycle}
 * @param price of the plan that it is for; null where no line tells
 */
public record RemoteInvoice(
    String id,
    String customer,
    @Nullable String subscription,
    String status,
    String reason,
    @Nullable String price,
    long paidCents,
    long totalCents,
    long taxCents,
    String currency,
    Document document) {

  static RemoteInvoice of(Invoice found) {
    var parent = found.getParent();
    var details = parent == null ? null : parent.getSubscriptionDetails();
    var lines = found.getLines().getData();
    var taxes = found.getTotalTaxes() == null ? List.<Invoice.TotalTax>of() : found.getTotalTaxes();
    return new RemoteInvoice(
        found.getId(),
        found.getCustomer(),
        details == null ? null : details.getSubscription(),
        found.getStatus(),
        found.getBillingReason() == null ? "" : found.getBillingReason(),
        price(lines),
        Remote.number(found.getAmountPaid()),
        Remote.number(found.getTotal()),
        taxes.stream().mapToLong(tax -> Remote.number(tax.getAmount())).sum(),
        found.getCurrency().toUpperCase(Locale.ROOT),
        new Document(
            Remote.customer(
                found.getCustomerName(), found.getCustomerEmail(), found.getCustomerAddress()),
            taxId(found),
            lines.stream().map(RemoteInvoice::line).toList(),
            taxes.stream().map(RemoteInvoice::tax).toList()));
  }

  /** Whether everything is paid. */
  public boolean paid() {
    return status.equals("paid");
  }

  /** Whether it is for another period of a subscription. */
  public boolean renewal() {
    return reason.equals("subscription_cycle");
  }

  private static Line line(InvoiceLineItem line) {
    var text = line.getDescription() == null ? "Subscription" : line.getDescription();
    var quantity = line.getQuantity() == null ? 1 : line.getQuantity();
    return new Line(text, quantity, Remote.number(line.getSubtotal()));
  }

  private static Line tax(Invoice.TotalTax tax) {
    var amount = Remote.number(tax.getAmount());
    var included = "inclusive".equals(tax.getTaxBehavior()) ? " (included)" : "";
    return new Line(
        "Tax" + Remote.rate(amount, Remote.number(tax.getTaxableAmount())) + included, 1, amount);
  }

  private static String taxId(Invoice found) {
    var ids = found.getCustomerTaxIds();
    return ids == null || ids.isEmpty() ? "" : ids.getFirst().getValue();
  }

  /** A change of plans has a line that gives back the old one; the last to be charged counts. */
  private static @Nullable String price(List<InvoiceLineItem> lines) {
    String found = null;
    for (var line : lines) {
      var pricing = line.getPricing();
      if (pricing != null && pricing.getPriceDetails() != null && line.getAmount() >= 0) {
        found = pricing.getPriceDetails().getPrice();
      }
    }
    return found;
  }
}
