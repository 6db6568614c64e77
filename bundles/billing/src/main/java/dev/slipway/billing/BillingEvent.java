package dev.slipway.billing;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;

/** What this feature says; all of it about a tenant. */
public sealed interface BillingEvent extends DomainEvent {
  @Override
  UUID tenantId();

  @Override
  default UUID subjectId() {
    return tenantId();
  }

  /** A checkout has finished; the subscription runs. */
  record SubscriptionActivated(
      UUID tenantId,
      UUID planId,
      String planName,
      BillingInterval billingInterval,
      long amountCents)
      implements BillingEvent {
    @Override
    public String type() {
      return "billing.subscription.activated";
    }
  }

  /** A subscription has ended. */
  record SubscriptionCanceled(UUID tenantId, String tenantName, Reason reason)
      implements BillingEvent {
    /** Who or what ended it. */
    public enum Reason {
      USER_INITIATED,
      CANCEL_AT_PERIOD_END,
      SUBSCRIPTION_ENDED
    }

    @Override
    public String type() {
      return "billing.subscription.canceled";
    }
  }

  /** A renewal was paid; the first payment is told by {@link SubscriptionActivated}. */
  record PaymentReceived(UUID tenantId, long amountCents, String currency, String planName)
      implements BillingEvent {
    @Override
    public String type() {
      return "billing.payment.received";
    }
  }

  /** A renewal could not be paid. */
  record PaymentFailed(UUID tenantId, String tenantName) implements BillingEvent {
    @Override
    public String type() {
      return "billing.payment.failed";
    }
  }

  /** Money was given back. */
  record PaymentRefunded(UUID tenantId, long amountCents, String currency, String invoiceNumber)
      implements BillingEvent {
    @Override
    public String type() {
      return "billing.payment.refunded";
    }
  }

  /** Money that was given back did not arrive. */
  record RefundFailed(UUID tenantId, long amountCents, String currency, String invoiceNumber)
      implements BillingEvent {
    @Override
    public String type() {
      return "billing.refund.failed";
    }
  }

  /** Credits were bought. */
  record CreditsPurchased(
      UUID tenantId, UUID bundleId, String bundleName, long credits, long amountCents)
      implements BillingEvent {
    @Override
    public String type() {
      return "billing.credits.purchased";
    }
  }

  /** The tenant has another plan. */
  record PlanChanged(UUID tenantId, UUID planId, String planName) implements BillingEvent {
    @Override
    public String type() {
      return "billing.plan.changed";
    }
  }
}
