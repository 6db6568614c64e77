package dev.slipway.billing.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.billing.BillingEvent;
import dev.slipway.billing.Transaction;
import dev.slipway.billing.Transaction.Document;
import dev.slipway.billing.Transaction.Line;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.CreditPool;
import dev.slipway.billing.store.Ledger;
import dev.slipway.billing.stripe.RemoteRefund;
import dev.slipway.data.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Enters what was given back, each refund once however often it is told, and takes back the credits
 * that it had paid for. A refund that failed afterwards is entered the other way round.
 */
@Component(service = Refunds.class)
public final class Refunds {
  private static final Scope SCOPE = Scope.platform("the ledger's numbers run over all tenants");

  private final Database database;
  private final Events events;
  private final AccountStore accounts;
  private final Ledger ledger;

  /** Made by the component runtime. */
  @Activate
  public Refunds(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    accounts = new AccountStore(database);
    ledger = new Ledger(database);
  }

  /** A refund has ended; one of a payment that is not in the ledger is no tenant's. */
  public void enter(RemoteRefund refund, @Nullable String session, @Nullable String invoice) {
    database.run(
        SCOPE, () -> ledger.payment(session, invoice).ifPresent(payment -> enter(refund, payment)));
  }

  private void enter(RemoteRefund refund, Transaction payment) {
    // Of a tenant that is gone the money still counts.
    var account = accounts.lockKnown(payment.tenantId()).orElse(null);
    ledger.hold();
    var given = ledger.refunded(refund.id());
    if (refund.succeeded() && !given) {
      give(refund, payment, account);
    } else if (refund.failed() && given && !ledger.refunded(failure(refund))) {
      takeBack(refund, payment, account);
    }
  }

  private void give(RemoteRefund refund, Transaction payment, @Nullable Account account) {
    var share = Share.of(payment, ledger.givenBack(payment.id()), refund.amountCents());
    var note = add(payment, share, refund.id(), "Refund");
    if (account != null) {
      takeCredits(account, refund, payment, share);
    }
    events.publish(
        new BillingEvent.PaymentRefunded(
            payment.tenantId(), refund.amountCents(), payment.currency(), note.invoiceNumber()));
  }

  private void takeBack(RemoteRefund refund, Transaction payment, @Nullable Account account) {
    var share = Share.of(payment, ledger.givenBack(payment.id()), -refund.amountCents());
    var note = add(payment, share, failure(refund), "Failed refund");
    if (account != null) {
      returnCredits(account, refund);
    }
    events.publish(
        new BillingEvent.RefundFailed(
            payment.tenantId(), refund.amountCents(), payment.currency(), note.invoiceNumber()));
  }

  private static String failure(RemoteRefund refund) {
    return refund.id() + "/failed";
  }

  private static String reference(RemoteRefund refund) {
    return "refund/" + refund.id();
  }

  private Transaction add(Transaction payment, Share share, String refundId, String what) {
    var text = what + " of " + payment.invoiceNumber() + ": " + payment.description();
    var taxes =
        payment.document().taxes().stream()
            .map(tax -> new Line(tax.text(), 1, -share.of(tax.amountCents())))
            .toList();
    var tax = taxes.stream().mapToLong(Line::amountCents).sum();
    var amount = -share.amountCents();
    var document =
        new Document(
            payment.document().customer(),
            payment.document().taxId(),
            List.of(new Line(text, 1, amount - tax)),
            taxes);
    return ledger.add(
        number ->
            new Transaction(
                Ids.next(),
                payment.tenantId(),
                null,
                Transaction.Type.REFUND,
                text,
                amount,
                amount - tax,
                tax,
                payment.currency(),
                number,
                payment.planId(),
                payment.planName(),
                payment.bundleId(),
                payment.bundleName(),
                payment.billingInterval(),
                null,
                null,
                payment.id(),
                refundId,
                document,
                Times.now()));
  }

  /** What was used already can not be taken back. */
  private void takeCredits(Account account, RemoteRefund refund, Transaction payment, Share share) {
    if (payment.stripeSessionId() == null) {
      return;
    }
    var bought = accounts.moved(account.tenantId(), Payments.reference(payment.stripeSessionId()));
    move(account, reference(refund), -Math.min(share.of(bought), account.purchasedCredits()));
  }

  private void returnCredits(Account account, RemoteRefund refund) {
    var taken = accounts.moved(account.tenantId(), reference(refund));
    move(account, reference(refund) + "/failed", -taken);
  }

  private void move(Account account, String reference, long credits) {
    var now = Times.now();
    var balance = account.purchasedCredits() + credits;
    if (credits != 0
        && accounts.move(
            account.tenantId(), CreditPool.PURCHASED, credits, balance, reference, now)) {
      accounts.update(account.edit().purchasedCredits(balance).at(now));
    }
  }
}
