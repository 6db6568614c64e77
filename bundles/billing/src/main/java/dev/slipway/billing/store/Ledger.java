package dev.slipway.billing.store;

import dev.slipway.api.Page;
import dev.slipway.billing.Transaction;
import dev.slipway.data.Database;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What tenants paid. Entries are added, never changed; their invoice numbers have no gaps. */
public final class Ledger {
  private final LedgerMapper entries;

  public Ledger(Database database) {
    entries = database.mapper(LedgerMapper.class);
  }

  /**
   * Adds an entry; it gets the next invoice number, which other entries wait for until the unit of
   * work ends, so that nothing slow may follow.
   */
  public Transaction add(Function<String, Transaction> entry) {
    var number = String.format(Locale.ROOT, "INV-%04d", entries.nextNumber());
    var added = entry.apply(number);
    entries.insert(TransactionRow.of(added));
    return added;
  }

  /** Whether the payment of this session or invoice is in the ledger. */
  public boolean known(@Nullable String session, @Nullable String invoice) {
    return entries.known(session, invoice);
  }

  /** The payment of this session or invoice. */
  public Optional<Transaction> payment(@Nullable String session, @Nullable String invoice) {
    return Optional.ofNullable(entries.payment(session, invoice))
        .map(TransactionRow::toTransaction);
  }

  /** Keeps others from adding until the unit of work ends. */
  public void hold() {
    entries.hold();
  }

  /** Whether this refund is in the ledger. */
  public boolean refunded(String refund) {
    return entries.refunded(refund);
  }

  /** How much of a payment was given back so far, in minor units. */
  public long givenBack(UUID paymentId) {
    return entries.givenBack(paymentId);
  }

  public Optional<Transaction> find(UUID id) {
    return Optional.ofNullable(entries.find(id)).map(TransactionRow::toTransaction);
  }

  /** The newest first; nulls leave a condition out. */
  public Page<Transaction> list(
      @Nullable UUID tenantId, @Nullable String search, int limit, long offset) {
    var pattern = pattern(search);
    var items = entries.list(tenantId, pattern, limit, offset);
    return new Page<>(
        items.stream().map(TransactionRow::toTransaction).toList(),
        entries.count(tenantId, pattern));
  }

  private static @Nullable String pattern(@Nullable String text) {
    return text == null || text.isBlank()
        ? null
        : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
