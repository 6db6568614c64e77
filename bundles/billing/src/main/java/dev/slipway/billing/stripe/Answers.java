package dev.slipway.billing.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.billing.BillingError;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Stripe's refusals mean to whoever asked. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final Duration LATER = Duration.ofSeconds(5);

  private Answers() {}

  /** A call to Stripe. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws StripeException;
  }

  static <T> T of(Call<T> call) {
    try {
      return call.run();
    } catch (StripeException failure) {
      throw refusal(failure);
    }
  }

  private static PlatformException refusal(StripeException failure) {
    return switch (failure) {
      case CardException declined -> BillingError.PAYMENT_DECLINED.of();
      case ApiConnectionException unreachable -> unavailable(failure);
      case RateLimitException busy -> unavailable(failure);
      case AuthenticationException key -> unavailable(failure);
      case IdempotencyException clash -> unavailable(failure);
      default -> other(failure);
    };
  }

  private static PlatformException other(StripeException failure) {
    var status = failure.getStatusCode() == null ? 0 : failure.getStatusCode();
    if (status == 404) {
      return CommonError.NOT_FOUND.of("object at Stripe");
    }
    if (status == 0 || status >= 500 || status == 409) {
      return unavailable(failure);
    }
    LOG.error("Stripe refused: {} (request {})", failure.getCode(), failure.getRequestId());
    return BillingError.STRIPE_REFUSED.of();
  }

  private static PlatformException unavailable(StripeException failure) {
    LOG.warn("Stripe did not answer as wanted: {}", failure.toString());
    return BillingError.STRIPE_UNAVAILABLE.of().retryAfter(LATER);
  }
}
