package dev.slipway.billing.service;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.CreditBundle;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.Checkout;
import dev.slipway.billing.store.CheckoutStore;
import dev.slipway.billing.store.StripeStore;
import dev.slipway.billing.stripe.StripeApi;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Purchases at Stripe. A tenant has one open session per kind of purchase: asking for the same
 * again gives the same session, asking for another closes the one before first. So two that pay at
 * the same time pay once.
 */
@Component(service = CheckoutDesk.class)
public final class CheckoutDesk {
  private static final Scope SCOPE = Scope.platform("checkouts change accounts and plans together");
  private static final Duration OPEN_FOR = Duration.ofMinutes(60);
  private static final Duration STILL_OPEN_FOR = Duration.ofMinutes(5);

  private final Database database;
  private final StripeApi api;
  private final SubscriptionSync subscriptions;
  private final Tenants tenants;
  private final AccountStore accounts;
  private final CheckoutStore checkouts;
  private final StripeStore stripe;

  /** Made by the component runtime. */
  @Activate
  public CheckoutDesk(
      @Reference Database database,
      @Reference StripeApi api,
      @Reference SubscriptionSync subscriptions,
      @Reference Tenants tenants) {
    this.database = database;
    this.api = api;
    this.subscriptions = subscriptions;
    this.tenants = tenants;
    accounts = new AccountStore(database);
    checkouts = new CheckoutStore(database);
    stripe = new StripeStore(database);
  }

  /** The purchase of a plan, its price made at Stripe. */
  Checkout wanted(Caller caller, Plan plan, BillingInterval interval) {
    api.require();
    return checkout(caller, plan, null, interval, plan.price(interval), price(plan, interval));
  }

  /** The purchase of a bundle. */
  Checkout wanted(Caller caller, CreditBundle bundle) {
    api.require();
    return checkout(caller, null, bundle, null, bundle.priceCents(), null);
  }

  private Checkout checkout(
      Caller caller,
      @Nullable Plan plan,
      @Nullable CreditBundle bundle,
      @Nullable BillingInterval interval,
      long amount,
      @Nullable String price) {
    var now = Times.now();
    return new Checkout(
        Ids.next(),
        caller.tenantId(),
        caller.userId(),
        plan == null ? null : plan.id(),
        plan == null ? null : plan.name(),
        bundle == null ? null : bundle.id(),
        bundle == null ? null : bundle.name(),
        bundle == null ? 0 : bundle.credits(),
        interval,
        amount,
        api.settings().currency(),
        price,
        null,
        null,
        Checkout.Status.OPEN,
        now,
        now.plus(OPEN_FOR).truncatedTo(ChronoUnit.SECONDS));
  }

  private String price(Plan plan, BillingInterval interval) {
    var amount = plan.price(interval);
    var currency = api.settings().currency();
    var known = database.read(SCOPE, () -> stripe.price(plan.id(), interval, amount, currency));
    return known.orElseGet(
        () -> {
          var made = api.createPrice(plan, interval, amount);
          return database.write(
              SCOPE,
              () -> {
                stripe.addPrice(made, plan.id(), interval, amount, currency, Times.now());
                return stripe.price(plan.id(), interval, amount, currency).orElseThrow();
              });
        });
  }

  /** Where to pay for it. */
  String open(Checkout wanted) {
    var customer = customer(wanted.tenantId());
    var place = reserve(wanted);
    close(place.others(), customer);
    var url = place.checkout().url();
    if (url != null) {
      return url;
    }
    try {
      return opened(place.checkout(), customer);
    } catch (PlatformException refused) {
      if (refused.code() != BillingError.STRIPE_REFUSED
          || place.checkout().id().equals(wanted.id())) {
        throw refused;
      }
      // One left by a crash, by now too late for a session, so that there never was one.
      end(place.checkout().id(), Checkout.Status.CLOSED);
      return open(wanted);
    }
  }

  private String opened(Checkout checkout, String customer) {
    var session = api.openSession(checkout, customer);
    database.run(SCOPE, () -> checkouts.opened(checkout.id(), session.id(), session.url()));
    return session.url();
  }

  /** Moves the subscription that runs to another plan; where it has ended meanwhile, opens one. */
  String change(Checkout wanted) {
    var customer = customer(wanted.tenantId());
    var account = database.read(SCOPE, () -> accounts.find(wanted.tenantId()).orElseThrow());
    var askedAt = subscriptions.clock();
    var current = api.subscription(Objects.requireNonNull(account.stripeSubscriptionId()));
    subscriptions.apply(current, askedAt);
    if (current.over()) {
      return open(wanted);
    }
    if (current.price().equals(wanted.price()) && !current.endsWithPeriod()) {
      throw BillingError.PLAN_IS_CURRENT.of();
    }
    var place = reserve(wanted);
    close(place.others(), customer);
    var id = place.checkout().id();
    try {
      var changedAt = subscriptions.clock();
      var price = Objects.requireNonNull(wanted.price());
      subscriptions.apply(api.change(current, price, id), changedAt);
      end(id, Checkout.Status.COMPLETED);
    } catch (PlatformException refused) {
      if (refused.code() != BillingError.STRIPE_UNAVAILABLE) {
        end(id, Checkout.Status.CLOSED);
      }
      throw refused;
    }
    return api.settings().returnUrl() + "?checkout=success";
  }

  /** Ends all that could still cost money of a tenant that is gone. */
  void endAll(UUID tenantId) {
    var account = database.read(SCOPE, () -> accounts.find(tenantId));
    var customer = account.map(Account::stripeCustomerId).orElse(null);
    if (customer != null && api.configured()) {
      close(database.read(SCOPE, () -> checkouts.open(tenantId)), customer);
    }
    endSubscription(tenantId);
  }

  /** Ends what costs money before a plan that does not is taken. */
  void endSubscription(UUID tenantId) {
    var account = database.read(SCOPE, () -> accounts.find(tenantId));
    if (account.isEmpty()) {
      return;
    }
    var customer = account.get().stripeCustomerId();
    if (customer != null && api.configured()) {
      close(database.read(SCOPE, () -> plansOf(checkouts.open(tenantId))), customer);
    }
    var subscription = account.get().stripeSubscriptionId();
    if (account.get().subscribed() && subscription != null) {
      var askedAt = subscriptions.clock();
      subscriptions.apply(api.cancelNow(subscription), askedAt);
    }
  }

  /** The tenant's customer at Stripe, made where there is none. */
  private String customer(UUID tenantId) {
    var known = database.read(SCOPE, () -> accounts.find(tenantId));
    if (known.isPresent() && known.get().stripeCustomerId() != null) {
      return known.get().stripeCustomerId();
    }
    var tenant = tenants.require(tenantId);
    var email = tenants.owner(tenantId).map(Member::email).orElse(null);
    var made = api.createCustomer(tenantId, tenant.name(), email);
    return database.write(
        SCOPE,
        () -> {
          var account = accounts.lock(tenantId, Times.now());
          var other = account.stripeCustomerId();
          if (other != null) {
            return other;
          }
          accounts.update(account.edit().customer(made).at(Times.now()));
          return made;
        });
  }

  /** A checkout and those of its kind that have to go. */
  private record Place(Checkout checkout, List<Checkout> others) {}

  private Place reserve(Checkout wanted) {
    return database.write(
        SCOPE,
        () -> {
          // Whoever comes second waits here, and then sees what the first has reserved.
          accounts.lock(wanted.tenantId(), Times.now());
          var others = new ArrayList<Checkout>();
          Checkout same = null;
          for (var open : checkouts.open(wanted.tenantId())) {
            if (same == null && open.sameAs(wanted) && usable(open, wanted.createdAt())) {
              same = open;
            } else if (rivals(open, wanted)) {
              others.add(open);
            }
          }
          return new Place(same == null ? checkouts.insert(wanted) : same, others);
        });
  }

  private static boolean usable(Checkout open, Instant now) {
    return open.expiresAt().isAfter(now.plus(STILL_OPEN_FOR));
  }

  private static boolean rivals(Checkout open, Checkout wanted) {
    return wanted.planId() != null
        ? open.planId() != null
        : wanted.bundleId() != null && wanted.bundleId().equals(open.bundleId());
  }

  private static List<Checkout> plansOf(List<Checkout> open) {
    return open.stream().filter(checkout -> checkout.planId() != null).toList();
  }

  private void close(List<Checkout> open, String customer) {
    for (var checkout : open) {
      if (checkout.expiresAt().isAfter(Times.now())) {
        session(checkout, customer).ifPresent(api::closeSession);
      }
      end(checkout.id(), Checkout.Status.CLOSED);
    }
  }

  /** Where Stripe's answer was lost, or is still to come, the same question brings it. */
  private Optional<String> session(Checkout checkout, String customer) {
    if (checkout.sessionId() != null) {
      return Optional.of(checkout.sessionId());
    }
    try {
      return Optional.of(api.openSession(checkout, customer).id());
    } catch (PlatformException refused) {
      if (refused.code() == BillingError.STRIPE_REFUSED) {
        // Too late for a session, so that there never was one.
        return Optional.empty();
      }
      throw refused;
    }
  }

  private void end(UUID id, Checkout.Status status) {
    database.run(SCOPE, () -> checkouts.end(id, status));
  }
}
