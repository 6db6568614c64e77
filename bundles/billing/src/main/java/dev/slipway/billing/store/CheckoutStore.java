package dev.slipway.billing.store;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Purchases that were begun. */
public final class CheckoutStore {
  private final CheckoutMapper checkouts;

  public CheckoutStore(Database database) {
    checkouts = database.mapper(CheckoutMapper.class);
  }

  /** Those of a tenant that neither ended nor were closed, the oldest first. */
  public List<Checkout> open(UUID tenantId) {
    return checkouts.open(tenantId);
  }

  public Checkout insert(Checkout checkout) {
    checkouts.insert(checkout);
    return checkout;
  }

  /** Notes what Stripe answered. */
  public void opened(UUID id, String session, String url) {
    checkouts.opened(id, session, url);
  }

  /** Ends an open checkout. */
  public void end(UUID id, Checkout.Status status) {
    checkouts.end(id, status);
  }

  public Optional<Checkout> find(UUID id) {
    return Optional.ofNullable(checkouts.find(id));
  }

  /** Who last began to buy a plan; null where that is not known. */
  public @Nullable UUID buyer(UUID tenantId, UUID planId) {
    return checkouts.buyer(tenantId, planId);
  }

  /** By id, locked. */
  public Optional<Checkout> lock(UUID id) {
    return Optional.ofNullable(checkouts.lock(id));
  }

  /** By Stripe's session. */
  public Optional<Checkout> bySession(String session) {
    return Optional.ofNullable(checkouts.bySession(session));
  }

  /** Removes some that expired before that time, and returns how many. */
  public int forget(Instant before, int limit) {
    return checkouts.forget(before, limit);
  }
}
