package dev.slipway.billing.service;

import dev.slipway.billing.Transaction;
import java.math.BigInteger;

/**
 * The part of a payment that a refund moves. It lies between what had been given back before and
 * what is afterwards, so that the parts of many refunds add up to the whole without a rest.
 */
record Share(long before, long after, long whole) {
  /** A refund over a payment of which so much had been given back; negative takes it back again. */
  static Share of(Transaction payment, long before, long refundCents) {
    return new Share(before, before + refundCents, payment.amountCents());
  }

  /** How much it moves. */
  long amountCents() {
    return after - before;
  }

  /** The same part of something else that went with the payment. */
  long of(long other) {
    return upTo(after, other) - upTo(before, other);
  }

  private long upTo(long given, long other) {
    return BigInteger.valueOf(other)
        .multiply(BigInteger.valueOf(given))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }
}
