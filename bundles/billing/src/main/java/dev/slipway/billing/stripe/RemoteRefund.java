package dev.slipway.billing.stripe;

import com.stripe.model.Refund;
import org.jspecify.annotations.Nullable;

/**
 * A refund as Stripe has it.
 *
 * @param payment the payment intent; null for charges that were made without one
 */
public record RemoteRefund(String id, @Nullable String payment, String status, long amountCents) {

  static RemoteRefund of(Refund found) {
    return new RemoteRefund(
        found.getId(),
        found.getPaymentIntent(),
        found.getStatus() == null ? "" : found.getStatus(),
        Remote.number(found.getAmount()));
  }

  /** Whether it is known how it ended; a refund may fail days after it succeeded. */
  public boolean ended() {
    return succeeded() || failed();
  }

  /** Whether the money has left. */
  public boolean succeeded() {
    return status.equals("succeeded");
  }

  /** Whether the money did not arrive and came back. */
  public boolean failed() {
    return status.equals("failed") || status.equals("canceled");
  }
}
