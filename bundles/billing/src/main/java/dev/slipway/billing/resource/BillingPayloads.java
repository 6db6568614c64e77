package dev.slipway.billing.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Ids;
import dev.slipway.billing.BillingInterval;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Purchases and subscriptions as clients see them. */
public final class BillingPayloads {
  private BillingPayloads() {}

  /** Empty ids count as absent: forms send both. */
  public record CheckoutInput(
      @Nullable @Size(max = 100) String planId,
      @Nullable @Size(max = 100) String bundleId,
      @Nullable BillingInterval billingInterval) {
    @Nullable UUID plan() {
      return id("planId", planId);
    }

    @Nullable UUID bundle() {
      return id("bundleId", bundleId);
    }

    BillingInterval interval() {
      return billingInterval == null ? BillingInterval.YEAR : billingInterval;
    }

    private static @Nullable UUID id(String field, @Nullable String text) {
      return text == null || text.isEmpty() ? null : Ids.parse(field, text);
    }
  }

  /** One of the two. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CheckoutAnswer(@Nullable String checkoutUrl, @Nullable Boolean waived) {}

  public record PortalAnswer(String portalUrl) {}

  public record CanceledAnswer(String message, @Nullable Instant currentPeriodEnd) {}

  public record ConfigAnswer(String publishableKey) {}

  public record ReceivedAnswer(boolean received) {}
}
