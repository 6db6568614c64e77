package dev.slipway.billing.resource;

import dev.slipway.api.Page;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.Transaction;
import dev.slipway.billing.service.LedgerService;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger as clients see it. */
public final class TransactionPayloads {
  private TransactionPayloads() {}

  public record TransactionView(
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
      Instant createdAt) {
    static TransactionView of(Transaction entry) {
      return new TransactionView(
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
          entry.createdAt());
    }
  }

  public record TransactionsAnswer(
      List<TransactionView> transactions, long total, int page, int perPage) {
    static TransactionsAnswer of(Page<Transaction> found, Paging paging) {
      return new TransactionsAnswer(
          found.map(TransactionView::of).items(), found.total(), paging.page(), paging.perPage());
    }
  }

  /** Numbered pages; what is out of range, or no number at all, counts as not sent. */
  record Paging(int page, int perPage) {
    private static final int MAX_PER_PAGE = 100;
    private static final int MAX_PAGE = 1_000_000;

    static Paging of(@Nullable String page, @Nullable String perPage, int usual) {
      return new Paging(within(page, MAX_PAGE, 1), within(perPage, MAX_PER_PAGE, usual));
    }

    private static int within(@Nullable String text, int most, int otherwise) {
      if (text == null || !text.matches("[0-9]{1,9}")) {
        return otherwise;
      }
      var value = Integer.parseInt(text);
      return value < 1 || value > most ? otherwise : value;
    }
  }

  public record TenantName(String name) {}

  public record InvoiceAnswer(TransactionView transaction, TenantName tenant) {
    static InvoiceAnswer of(LedgerService.Invoice invoice) {
      return new InvoiceAnswer(
          TransactionView.of(invoice.transaction()), new TenantName(invoice.tenantName()));
    }
  }
}
