package dev.slipway.billing.service;

import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.billing.BillingEvent;
import dev.slipway.billing.Plan;
import dev.slipway.billing.Transaction;
import dev.slipway.billing.Transaction.Document;
import dev.slipway.billing.Transaction.Line;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.Checkout;
import dev.slipway.billing.store.CheckoutStore;
import dev.slipway.billing.store.CreditPool;
import dev.slipway.billing.store.Ledger;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.billing.store.StripeStore;
import dev.slipway.billing.stripe.RemoteInvoice;
import dev.slipway.billing.stripe.RemoteSession;
import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Enters payments into the ledger, each once however often it is told. */
@Component(service = Payments.class)
public final class Payments {
  private static final Scope SCOPE = Scope.platform("the ledger's numbers run over all tenants");

  private final Database database;
  private final Events events;
  private final Tenants tenants;
  private final AccountStore accounts;
  private final PlanStore plans;
  private final CheckoutStore checkouts;
  private final StripeStore stripe;
  private final Ledger ledger;

  /** Made by the component runtime. */
  @Activate
  public Payments(
      @Reference Database database, @Reference Events events, @Reference Tenants tenants) {
    this.database = database;
    this.events = events;
    this.tenants = tenants;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
    checkouts = new CheckoutStore(database);
    stripe = new StripeStore(database);
    ledger = new Ledger(database);
  }

  /** A subscription's invoice was paid. */
  public void paid(RemoteInvoice invoice) {
    if (!invoice.paid() || invoice.subscription() == null || invoice.paidCents() <= 0) {
      return;
    }
    database.run(
        SCOPE,
        () ->
            accounts
                .lockByCustomer(invoice.customer())
                .filter(account -> !ledger.known(null, invoice.id()))
                .ifPresent(account -> enter(account, invoice)));
  }

  /** A subscription's invoice could not be paid. */
  public void failed(RemoteInvoice invoice) {
    if (invoice.paid() || !invoice.renewal()) {
      return;
    }
    database.run(
        SCOPE,
        () ->
            accounts
                .lockByCustomer(invoice.customer())
                .ifPresent(
                    account ->
                        events.publish(
                            new BillingEvent.PaymentFailed(
                                account.tenantId(), name(account.tenantId())))));
  }

  /** A session is through: a bundle's brings its credits, a plan's is told by its subscription. */
  public void completed(RemoteSession session) {
    database.run(
        SCOPE,
        () -> {
          var known = checkout(session);
          if (known.isEmpty()) {
            return;
          }
          var account = accounts.lock(known.get().tenantId(), Times.now());
          var checkout = checkouts.lock(known.get().id()).orElseThrow();
          if (checkout.bundleId() == null) {
            checkouts.end(checkout.id(), Checkout.Status.COMPLETED);
          } else if (session.paid() && !ledger.known(session.id(), null)) {
            checkouts.end(checkout.id(), Checkout.Status.COMPLETED);
            purchased(account, checkout, session);
          }
        });
  }

  /** A session ended without a purchase. */
  public void expired(RemoteSession session) {
    database.run(
        SCOPE,
        () ->
            checkout(session)
                .ifPresent(found -> checkouts.end(found.id(), Checkout.Status.CLOSED)));
  }

  private void purchased(Account account, Checkout checkout, RemoteSession session) {
    var now = Times.now();
    var bundleId = Objects.requireNonNull(checkout.bundleId());
    var bundle = Objects.requireNonNull(checkout.bundleName());
    var balance = Math.addExact(account.purchasedCredits(), checkout.credits());
    if (!accounts.move(
        account.tenantId(),
        CreditPool.PURCHASED,
        checkout.credits(),
        balance,
        reference(session.id()),
        now)) {
      return;
    }
    accounts.update(account.edit().purchasedCredits(balance).at(now));
    var text = bundle + " (" + checkout.credits() + " credits)";
    ledger.add(
        number ->
            new Transaction(
                Ids.next(),
                account.tenantId(),
                checkout.userId(),
                Transaction.Type.CREDIT_PURCHASE,
                text,
                session.totalCents(),
                session.totalCents() - session.taxCents(),
                session.taxCents(),
                session.currency(),
                number,
                null,
                null,
                bundleId,
                bundle,
                null,
                session.id(),
                session.invoice(),
                null,
                null,
                addressed(session.document(text), account.tenantId()),
                now));
    events.publish(
        new BillingEvent.CreditsPurchased(
            account.tenantId(), bundleId, bundle, checkout.credits(), session.totalCents()));
  }

  /** Under what the credits of a session were brought. */
  static String reference(String session) {
    return "session/" + session;
  }

  private void enter(Account account, RemoteInvoice invoice) {
    var plan = plan(account, invoice);
    var name = plan.map(Plan::name).orElse("");
    ledger.add(number -> entry(account, invoice, plan, name, number));
    if (invoice.renewal()) {
      events.publish(
          new BillingEvent.PaymentReceived(
              account.tenantId(), invoice.paidCents(), invoice.currency(), name));
    }
  }

  private Transaction entry(
      Account account, RemoteInvoice invoice, Optional<Plan> plan, String name, String number) {
    var planId = plan.map(Plan::id).orElse(null);
    return new Transaction(
        Ids.next(),
        account.tenantId(),
        invoice.renewal() || planId == null ? null : checkouts.buyer(account.tenantId(), planId),
        Transaction.Type.SUBSCRIPTION,
        "Subscription " + name,
        invoice.paidCents(),
        invoice.paidCents() - invoice.taxCents(),
        invoice.taxCents(),
        invoice.currency(),
        number,
        planId,
        name,
        null,
        null,
        account.billingInterval(),
        null,
        invoice.id(),
        null,
        null,
        addressed(settled(invoice), account.tenantId()),
        Times.now());
  }

  /** What the customer had to his credit is set off in a line of its own. */
  private static Document settled(RemoteInvoice invoice) {
    var document = invoice.document();
    var credit = invoice.paidCents() - invoice.totalCents();
    if (credit == 0) {
      return document;
    }
    var lines = new ArrayList<>(document.lines());
    lines.add(new Line("Credit applied", 1, credit));
    return new Document(document.customer(), document.taxId(), lines, document.taxes());
  }

  /** Where Stripe knows no name, the tenant's stands in. */
  private Document addressed(Document document, UUID tenantId) {
    return document.customer().isEmpty()
        ? new Document(
            List.of(name(tenantId)), document.taxId(), document.lines(), document.taxes())
        : document;
  }

  private Optional<Plan> plan(Account account, RemoteInvoice invoice) {
    return Optional.ofNullable(invoice.price())
        .flatMap(stripe::planOf)
        .or(() -> Optional.ofNullable(account.planId()))
        .flatMap(plans::find);
  }

  private Optional<Checkout> checkout(RemoteSession session) {
    return checkouts
        .bySession(session.id())
        .or(() -> Optional.ofNullable(id(session.checkoutId())).flatMap(checkouts::find));
  }

  private static @Nullable UUID id(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException foreign) {
      return null;
    }
  }

  private String name(UUID tenantId) {
    return tenants.find(tenantId).map(Tenant::name).orElse("");
  }
}
