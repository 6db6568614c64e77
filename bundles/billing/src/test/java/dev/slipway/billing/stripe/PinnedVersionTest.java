package dev.slipway.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import org.junit.jupiter.api.Test;

class PinnedVersionTest {
  @Test
  void theLibrarySpeaksTheVersionThisCodeWasWrittenFor() {
    assertThat(Stripe.API_VERSION).isEqualTo(StripeApi.API_VERSION);
  }
}
