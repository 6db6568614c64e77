package dev.slipway.billing.store;

import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.BillingStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes to an account, to be written in one go; what is not named stays. */
public final class AccountEdit {
  private final Account before;
  private @Nullable UUID planId;
  private boolean waived;
  private long subscriptionCredits;
  private long purchasedCredits;
  private @Nullable String customer;
  private @Nullable String subscription;
  private @Nullable Instant readAt;
  private BillingStatus status;
  private @Nullable BillingInterval interval;
  private @Nullable Instant periodEnd;
  private @Nullable Instant canceledAt;
  private @Nullable Instant anchor;
  private int cycle;
  private long cycleCredits;
  private @Nullable Instant nextCreditAt;

  AccountEdit(Account before) {
    this.before = before;
    planId = before.planId();
    waived = before.billingWaived();
    subscriptionCredits = before.subscriptionCredits();
    purchasedCredits = before.purchasedCredits();
    customer = before.stripeCustomerId();
    subscription = before.stripeSubscriptionId();
    readAt = before.subscriptionReadAt();
    status = before.billingStatus();
    interval = before.billingInterval();
    periodEnd = before.currentPeriodEnd();
    canceledAt = before.canceledAt();
    anchor = before.creditAnchor();
    cycle = before.creditCycle();
    cycleCredits = before.cycleCredits();
    nextCreditAt = before.nextCreditAt();
  }

  public AccountEdit plan(@Nullable UUID id) {
    planId = id;
    return this;
  }

  public AccountEdit waived(boolean value) {
    waived = value;
    return this;
  }

  public AccountEdit subscriptionCredits(long value) {
    subscriptionCredits = value;
    return this;
  }

  public AccountEdit purchasedCredits(long value) {
    purchasedCredits = value;
    return this;
  }

  public AccountEdit customer(String id) {
    customer = id;
    return this;
  }

  /** The subscription as Stripe told it when it was asked at that time. */
  public AccountEdit subscription(@Nullable String id, @Nullable Instant askedAt) {
    subscription = id;
    readAt = askedAt;
    return this;
  }

  public AccountEdit status(BillingStatus value) {
    status = value;
    return this;
  }

  /** How often is paid, until when it is, and since when it is to end. */
  public AccountEdit period(
      @Nullable BillingInterval every, @Nullable Instant end, @Nullable Instant canceled) {
    interval = every;
    periodEnd = end;
    canceledAt = canceled;
    return this;
  }

  /** The monthly cycle of credits. */
  public AccountEdit cycle(Instant start, int number, long brought, Instant next) {
    anchor = start;
    cycle = number;
    cycleCredits = brought;
    nextCreditAt = next;
    return this;
  }

  /** What the present cycle has brought. */
  public AccountEdit cycleCredits(long brought) {
    cycleCredits = brought;
    return this;
  }

  /** The account with these changes. */
  public Account at(Instant now) {
    return new Account(
        before.id(),
        before.version(),
        before.tenantId(),
        planId,
        waived,
        subscriptionCredits,
        purchasedCredits,
        customer,
        subscription,
        readAt,
        status,
        interval,
        periodEnd,
        canceledAt,
        anchor,
        cycle,
        cycleCredits,
        nextCreditAt,
        before.createdAt(),
        now);
  }
}
