package dev.slipway.billing;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Billing of any tenant, for the operators' area; whoever calls has checked that the tenant exists
 * and that the caller may. Changes join the caller's unit of work where it is platform-wide; calls
 * that reach Stripe must be made outside any.
 */
@ProviderType
public interface BillingAccounts {
  /** One tenant's state; that of a tenant never heard of is the free plan. */
  BillingState state(UUID tenantId);

  /** The states of many tenants by id, in two queries; every id asked for is there. */
  Map<UUID, BillingState> states(Collection<UUID> tenantIds);

  /** Whether the tenant pays nothing for plans. */
  void setWaived(UUID tenantId, boolean waived);

  /** Corrects the credits; null leaves a number as it is. Refuses negative ones with 400. */
  void setCredits(UUID tenantId, @Nullable Long subscriptionCredits, @Nullable Long purchased);

  /**
   * Assigns a plan without payment, or takes it away. A Stripe subscription that is running is left
   * as it is.
   *
   * @param planId null takes the plan away; refuses with 404 where there is no such plan
   */
  void assignPlan(UUID tenantId, @Nullable UUID planId);

  /**
   * Ends the subscription at Stripe.
   *
   * @param immediate false lets it run until the paid period ends
   * @return the state afterwards; refuses with 400 where none is active, with 503 where Stripe is
   *     not configured
   */
  BillingState cancelSubscription(UUID tenantId, boolean immediate);

  /** Corrects the end of the paid period. */
  void setCurrentPeriodEnd(UUID tenantId, Instant end);

  /** Whether Stripe can be called. */
  boolean stripeConfigured();
}
