package dev.slipway.billing.store;

import dev.slipway.billing.BillingInterval;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is known of Stripe: prices that were made there, events that came from there. */
public final class StripeStore {
  private final StripeMapper stripe;

  public StripeStore(Database database) {
    stripe = database.mapper(StripeMapper.class);
  }

  /** Stripe's price for a plan on these terms. */
  public Optional<String> price(
      UUID planId, BillingInterval interval, long amount, String currency) {
    return Optional.ofNullable(stripe.price(planId, interval, amount, currency));
  }

  /** Remembers a price; the first one for the same terms stays. */
  public void addPrice(
      String id, UUID planId, BillingInterval interval, long amount, String currency, Instant at) {
    stripe.addPrice(id, planId, interval, amount, currency, at);
  }

  /** The plan behind a price. */
  public Optional<UUID> planOf(String price) {
    return Optional.ofNullable(stripe.planOf(price));
  }

  /** Keeps an event to be worked on; false where it is known. */
  public boolean receive(String id, String type, String objectId, Instant at) {
    return stripe.receive(id, type, objectId, at) == 1;
  }

  /** Some events that are due, the oldest first; nobody else gets them until that time. */
  public List<StripeEvent> claim(Instant now, Instant until, int limit) {
    return stripe.claim(now, until, limit);
  }

  /** The work on an event is over. */
  public void done(String id, String outcome) {
    stripe.done(id, outcome);
  }

  /** The work on an event failed and is to be tried again at that time; so many attempts count. */
  public void again(String id, Instant at, int attempts) {
    stripe.again(id, at, attempts);
  }

  /** Removes some events that came before that time and are done, and returns how many. */
  public int forget(Instant before, int limit) {
    return stripe.forget(before, limit);
  }
}
