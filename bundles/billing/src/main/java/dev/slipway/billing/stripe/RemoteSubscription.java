package dev.slipway.billing.stripe;

import com.stripe.model.Subscription;
import dev.slipway.billing.BillingInterval;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as Stripe has it.
 *
 * @param canceledAt when the cancellation was asked for
 * @param asked whether somebody asked for it, rather than payments that failed
 */
public record RemoteSubscription(
    String id,
    String customer,
    String status,
    String itemId,
    String price,
    BillingInterval interval,
    long amountCents,
    @Nullable Instant periodEnd,
    boolean endsWithPeriod,
    @Nullable Instant canceledAt,
    boolean asked) {
  private static final Set<String> PAID = Set.of("active", "trialing");
  private static final Set<String> OWING = Set.of("past_due", "unpaid", "paused");
  private static final Set<String> OVER = Set.of("canceled", "incomplete_expired");

  static RemoteSubscription of(Subscription found) {
    var item = found.getItems().getData().getFirst();
    var price = item.getPrice();
    var details = found.getCancellationDetails();
    return new RemoteSubscription(
        found.getId(),
        found.getCustomer(),
        found.getStatus(),
        item.getId(),
        price.getId(),
        "year".equals(price.getRecurring().getInterval())
            ? BillingInterval.YEAR
            : BillingInterval.MONTH,
        price.getUnitAmount() == null ? 0 : price.getUnitAmount(),
        Remote.time(item.getCurrentPeriodEnd()),
        Boolean.TRUE.equals(found.getCancelAtPeriodEnd()) || found.getCancelAt() != null,
        Remote.time(found.getCanceledAt()),
        details != null && "cancellation_requested".equals(details.getReason()));
  }

  /** Whether it is paid for. */
  public boolean paid() {
    return PAID.contains(status);
  }

  /** Whether it runs although a payment is missing. */
  public boolean owing() {
    return OWING.contains(status);
  }

  /** Whether it ran and has ended. */
  public boolean ended() {
    return status.equals("canceled");
  }

  /**
   * Whether it will not run again; one whose first payment is missing neither runs nor has ended.
   */
  public boolean over() {
    return OVER.contains(status);
  }
}
