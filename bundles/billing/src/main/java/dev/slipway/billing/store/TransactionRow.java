package dev.slipway.billing.store;

import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry of the ledger as its table keeps it. */
public record TransactionRow(
    UUID id,
    UUID tenantId,
    @Nullable UUID userId,
    Transaction.Type type,
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
    Map<String, Object> document,
    Instant createdAt) {

  static TransactionRow of(Transaction entry) {
    return new TransactionRow(
        entry.id(),
        entry.tenantId(),
        entry.userId(),
        entry.type(),
        entry.description(),
        entry.amountCents(),
        entry.subtotalCents(),
        entry.taxAmountCents(),
        entry.currency(),
        entry.invoiceNumber(),
        entry.planId(),
        entry.planName(),
        entry.bundleId(),
        entry.bundleName(),
        entry.billingInterval(),
        entry.stripeSessionId(),
        entry.stripeInvoiceId(),
        entry.refundOf(),
        entry.stripeRefundId(),
        members(entry.document()),
        entry.createdAt());
  }

  Transaction toTransaction() {
    return new Transaction(
        id,
        tenantId,
        userId,
        type,
        description,
        amountCents,
        subtotalCents,
        taxAmountCents,
        currency,
        invoiceNumber,
        planId,
        planName,
        bundleId,
        bundleName,
        billingInterval,
        stripeSessionId,
        stripeInvoiceId,
        refundOf,
        stripeRefundId,
        new Transaction.Document(
            texts(document.get("customer")),
            String.valueOf(document.get("tax_id")),
            lines(document.get("lines")),
            lines(document.get("taxes"))),
        createdAt);
  }

  private static Map<String, Object> members(Transaction.Document document) {
    return Map.of(
        "customer",
        document.customer(),
        "tax_id",
        document.taxId(),
        "lines",
        document.lines().stream().map(TransactionRow::members).toList(),
        "taxes",
        document.taxes().stream().map(TransactionRow::members).toList());
  }

  private static Map<String, Object> members(Transaction.Line line) {
    return Map.of(
        "text", line.text(), "quantity", line.quantity(), "amount_cents", line.amountCents());
  }

  private static List<String> texts(@Nullable Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static List<Transaction.Line> lines(@Nullable Object list) {
    return ((List<?>) list)
        .stream()
            .map(item -> (Map<?, ?>) item)
            .map(
                item ->
                    new Transaction.Line(
                        String.valueOf(item.get("text")),
                        ((Number) item.get("quantity")).longValue(),
                        ((Number) item.get("amount_cents")).longValue()))
            .toList();
  }
}
