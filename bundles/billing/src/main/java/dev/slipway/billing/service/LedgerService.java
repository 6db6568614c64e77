package dev.slipway.billing.service;

import dev.slipway.accounts.Tenants;
import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.Scope;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.Transaction;
import dev.slipway.billing.invoice.InvoicePdf;
import dev.slipway.billing.store.Ledger;
import dev.slipway.data.Database;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The ledger for those who may read it. */
@Component(service = LedgerService.class)
public final class LedgerService {
  private static final Scope SCOPE = Scope.platform("operators see what all tenants paid");

  private final Database database;
  private final Tenants tenants;
  private final InvoicePdf pdf;
  private final Ledger ledger;

  /** Made by the component runtime. */
  @Activate
  public LedgerService(
      @Reference Database database, @Reference Tenants tenants, @Reference InvoicePdf pdf) {
    this.database = database;
    this.tenants = tenants;
    this.pdf = pdf;
    ledger = new Ledger(database);
  }

  /** A transaction and the name of its tenant. */
  public record Invoice(Transaction transaction, String tenantName) {}

  /** The transactions of the caller's tenant, the newest first. */
  public Page<Transaction> own(Caller caller, int page, int perPage) {
    return database.read(
        Scope.of(caller), () -> ledger.list(null, null, perPage, (page - 1L) * perPage));
  }

  /** The transactions of all tenants, the newest first; nulls leave a condition out. */
  public Page<Transaction> all(
      @Nullable UUID tenantId, @Nullable String search, int page, int perPage) {
    return database.read(
        SCOPE, () -> ledger.list(tenantId, search, perPage, (page - 1L) * perPage));
  }

  /** One transaction of the caller's tenant. */
  public Invoice invoice(Caller caller, UUID id) {
    var found =
        database.read(
            Scope.of(caller),
            () -> ledger.find(id).orElseThrow(BillingError.TRANSACTION_NOT_FOUND::of));
    return new Invoice(found, tenants.require(found.tenantId()).name());
  }

  /** The invoice over a transaction as PDF. */
  public byte[] render(Invoice invoice) {
    return pdf.render(invoice.transaction(), invoice.tenantName());
  }
}
