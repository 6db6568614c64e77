package dev.slipway.billing.service;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.api.spi.Job;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.store.StripeEvent;
import dev.slipway.billing.store.StripeStore;
import dev.slipway.billing.stripe.RemoteRefund;
import dev.slipway.billing.stripe.StripeApi;
import dev.slipway.billing.stripe.WebhookSignature;
import dev.slipway.data.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Stripe's events in and works on them afterwards: a webhook is acknowledged as soon as it is
 * kept, however slow Stripe answers then. Of an event only its type and object are kept, because
 * the object is asked for anew.
 */
@Component(service = {StripeInbox.class, Job.class})
public final class StripeInbox implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(StripeInbox.class);
  private static final Scope SCOPE = Scope.platform("Stripe's events are of no tenant");
  private static final int BATCH = 20;
  private static final int MOST_ATTEMPTS = 30;
  private static final int LONG = 12;
  private static final Duration CLAIM = Duration.ofMinutes(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Set<String> WANTED =
      Set.of(
          "checkout.session.completed",
          "checkout.session.async_payment_succeeded",
          "checkout.session.async_payment_failed",
          "checkout.session.expired",
          "customer.subscription.created",
          "customer.subscription.updated",
          "customer.subscription.paused",
          "customer.subscription.resumed",
          "customer.subscription.deleted",
          "invoice.paid",
          "invoice.payment_succeeded",
          "invoice.payment_failed",
          "charge.refunded",
          "charge.refund.updated",
          "refund.created",
          "refund.updated",
          "refund.failed");

  private final Database database;
  private final Json json;
  private final StripeApi api;
  private final SubscriptionSync subscriptions;
  private final Payments payments;
  private final Refunds refunds;
  private final StripeStore store;
  private final ReentrantLock working = new ReentrantLock();

  /** Made by the component runtime. */
  @Activate
  public StripeInbox(
      @Reference Database database,
      @Reference Json json,
      @Reference StripeApi api,
      @Reference SubscriptionSync subscriptions,
      @Reference Payments payments,
      @Reference Refunds refunds) {
    this.database = database;
    this.json = json;
    this.api = api;
    this.subscriptions = subscriptions;
    this.payments = payments;
    this.refunds = refunds;
    store = new StripeStore(database);
  }

  /** The part of an event that is of use. */
  record Envelope(@Nullable String id, @Nullable String type, @Nullable Content data) {
    record Content(@Nullable Subject object) {}

    record Subject(@Nullable String id) {}
  }

  /** Keeps a signed event; one that is known, or of no interest, changes nothing. */
  public void receive(byte[] body, @Nullable String signature) {
    var secret = api.settings().webhookSecret();
    if (secret == null || !api.configured()) {
      throw BillingError.STRIPE_NOT_CONFIGURED.of();
    }
    var text = WebhookSignature.verified(body, signature, secret, Clock.systemUTC());
    var event = parsed(text);
    var object = event.data() == null ? null : event.data().object();
    if (event.id() == null || event.type() == null) {
      throw CommonError.MALFORMED.of("it is no event");
    }
    if (!WANTED.contains(event.type()) || object == null || object.id() == null) {
      return;
    }
    database.run(
        SCOPE,
        () -> {
          if (store.receive(event.id(), event.type(), object.id(), Times.now())) {
            database.afterCommit(this::wake);
          }
        });
  }

  private Envelope parsed(String text) {
    try {
      return json.read(text, Envelope.class);
    } catch (IllegalArgumentException malformed) {
      throw CommonError.MALFORMED.of("it is no event");
    }
  }

  private void wake() {
    if (!working.isLocked()) {
      Thread.ofVirtual().name("billing-stripe-events").start(this::drain);
    }
  }

  @Override
  public String name() {
    return "billing.stripe-events";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run() {
    drain();
  }

  /** Works on all that is due; at once where another thread does so already. */
  void drain() {
    if (!api.configured() || !working.tryLock()) {
      return;
    }
    try {
      var due = claim();
      while (!due.isEmpty()) {
        due.forEach(this::work);
        due = claim();
      }
    } finally {
      working.unlock();
    }
  }

  private List<StripeEvent> claim() {
    var now = Times.now();
    return database.write(SCOPE, () -> store.claim(now, now.plus(CLAIM), BATCH));
  }

  private void work(StripeEvent event) {
    try {
      handle(event);
      done(event, "done");
    } catch (PlatformException failure) {
      if (failure.code() == CommonError.NOT_FOUND) {
        done(event, "gone");
      } else {
        again(event, failure);
      }
    } catch (RuntimeException failure) {
      // Whatever it is must not hold up the events of other tenants.
      LOG.error("Event {} of Stripe was not handled", event.id(), failure);
      again(event, failure);
    }
  }

  private void handle(StripeEvent event) {
    switch (event.type()) {
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          completed(event.objectId());
      case "checkout.session.expired", "checkout.session.async_payment_failed" ->
          payments.expired(api.session(event.objectId()));
      case "invoice.paid", "invoice.payment_succeeded" -> paid(event.objectId());
      case "invoice.payment_failed" -> failed(event.objectId());
      case "charge.refunded" -> api.refunds(event.objectId()).forEach(this::refunded);
      case "charge.refund.updated", "refund.created", "refund.updated", "refund.failed" ->
          refunded(api.refund(event.objectId()));
      default -> sync(event.objectId());
    }
  }

  private void completed(String id) {
    var session = api.session(id);
    payments.completed(session);
    if (session.subscription() != null) {
      sync(session.subscription());
    }
    if (session.subscription() != null && session.invoice() != null) {
      payments.paid(api.invoice(session.invoice()));
    }
  }

  private void paid(String id) {
    var invoice = api.invoice(id);
    if (invoice.subscription() != null) {
      sync(invoice.subscription());
    }
    payments.paid(invoice);
  }

  private void failed(String id) {
    var invoice = api.invoice(id);
    if (invoice.subscription() != null) {
      sync(invoice.subscription());
    }
    payments.failed(invoice);
  }

  /** The payment goes first, as what tells of it may still be to come. */
  private void refunded(RemoteRefund refund) {
    if (refund.payment() == null || !refund.ended()) {
      return;
    }
    var invoice = api.invoicePaidBy(refund.payment()).orElse(null);
    var session = invoice == null ? api.sessionPaidBy(refund.payment()).orElse(null) : null;
    if (invoice != null) {
      paid(invoice);
    } else if (session != null) {
      completed(session);
    }
    refunds.enter(refund, session, invoice);
  }

  private void sync(String id) {
    var askedAt = subscriptions.clock();
    if (subscriptions.apply(api.subscription(id), askedAt) == SubscriptionSync.Outcome.DUPLICATE) {
      LOG.warn("Subscription {} is a tenant's second and is ended", id);
      api.cancelNow(id);
    }
  }

  private void done(StripeEvent event, String outcome) {
    database.run(SCOPE, () -> store.done(event.id(), outcome));
  }

  /** Stripe is away, or refuses our key; it does not tell again what it has told. */
  private static boolean isPassing(RuntimeException failure) {
    return failure instanceof PlatformException refused
        && refused.code() == BillingError.STRIPE_UNAVAILABLE;
  }

  private void again(StripeEvent event, RuntimeException failure) {
    // While Stripe can not be asked no more count than make the pauses long.
    var attempts = isPassing(failure) ? Math.min(event.attempts(), LONG) : event.attempts();
    if (attempts >= MOST_ATTEMPTS) {
      LOG.error("Event {} of Stripe is given up: {}", event.id(), failure.toString());
      done(event, "failed");
      return;
    }
    var pause = Duration.ofSeconds(1L << Math.min(attempts, LONG));
    var wait = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    database.run(SCOPE, () -> store.again(event.id(), Times.now().plus(wait), attempts));
  }
}
