package dev.slipway.billing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ledger; nothing ever changes it.
 *
 * @param userId who bought; null for a renewal or an API key
 * @param type a refund that failed at the customer's bank is entered once more, the other way round
 * @param amountCents what was paid, in minor units: subtotal and tax; negative where it was given
 *     back
 * @param currency ISO 4217, upper case
 * @param invoiceNumber without gaps over all tenants; credit notes have numbers of the same row
 * @param refundOf the payment that a refund belongs to
 * @param document what its invoice says besides
 */
public record Transaction(
    UUID id,
    UUID tenantId,
    @Nullable UUID userId,
    Type type,
    String description,
    long amountCents,
    long subtotalCents,
    long taxAmountCents,
    String currency,
    String invoiceNumber,
    @Nullable UUID planId,
    @Nullable String planName,
    @Nullable UUID bundleId,
    @Nullable String bundleName,
    @Nullable BillingInterval billingInterval,
    @Nullable String stripeSessionId,
    @Nullable String stripeInvoiceId,
    @Nullable UUID refundOf,
    @Nullable String stripeRefundId,
    Document document,
    Instant createdAt) {

  /** Sorts of entries. */
  public enum Type {
    SUBSCRIPTION,
    CREDIT_PURCHASE,
    REFUND
  }

  /**
   * The texts of an invoice as they were when it was made.
   *
   * @param customer name and postal address, one line each
   * @param taxId the customer's; empty where none is known
   * @param lines what was bought, before tax
   * @param taxes the taxes, each with its rate in words; their sum is the tax amount
   */
  public record Document(List<String> customer, String taxId, List<Line> lines, List<Line> taxes) {
    public Document {
      customer = List.copyOf(customer);
      lines = List.copyOf(lines);
      taxes = List.copyOf(taxes);
    }
  }

  /** A text and an amount in minor units. */
  public record Line(String text, long quantity, long amountCents) {}
}
