package dev.slipway.billing.stripe;

import dev.slipway.api.platform.Platform;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of payments.
 *
 * @param secretKey null switches payments off
 * @param webhookSecret null refuses webhooks
 * @param publishableKey for the web front end; empty where there is none
 * @param url base of the API
 * @param currency ISO 4217, upper case; of all prices
 * @param automaticTax whether Stripe computes taxes
 * @param returnUrl where Stripe sends the customer back to
 */
public record StripeSettings(
    @Nullable String secretKey,
    @Nullable String webhookSecret,
    String publishableKey,
    String url,
    String currency,
    boolean automaticTax,
    URI returnUrl) {
  private static final String LIVE = "https://api.stripe.com";

  /** Reads {@code slipway.stripe.*} and {@code slipway.billing.*}; refuses an unknown currency. */
  public static StripeSettings of(Platform platform) {
    var currency =
        Objects.requireNonNullElse(platform.setting("slipway.billing.currency"), "USD")
            .toUpperCase(Locale.ROOT);
    Currency.getInstance(currency);
    var secret = text(platform, "slipway.stripe.secret.key");
    return new StripeSettings(
        secret,
        text(platform, "slipway.stripe.webhook.secret"),
        secret == null
            ? ""
            : Objects.requireNonNullElse(text(platform, "slipway.stripe.publishable.key"), ""),
        Objects.requireNonNullElse(text(platform, "slipway.stripe.url"), LIVE),
        currency,
        "automatic".equals(platform.setting("slipway.billing.tax")),
        frontEnd(platform).resolve("/billing"));
  }

  private static URI frontEnd(Platform platform) {
    var stated = text(platform, "slipway.frontend.url");
    return stated == null ? platform.publicUrl() : URI.create(stated);
  }

  private static @Nullable String text(Platform platform, String name) {
    var value = platform.setting(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The keys stay out of logs. */
  @Override
  public String toString() {
    return "StripeSettings[" + url + ", " + (secretKey == null ? "off" : "on") + "]";
  }
}
