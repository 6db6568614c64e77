package dev.slipway.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Variables that the launcher does not read itself but hands to the bundles as settings: {@code
 * SLIPWAY_SMTP_URL} as {@code slipway.smtp.url}. A list, so that no secret of the launcher's own
 * ever reaches a bundle.
 */
final class PassedSettings {
  private static final List<String> PLAIN =
      List.of(
          "SLIPWAY_AGENT_DOWNLOAD_SHA256",
          "SLIPWAY_AGENT_DOWNLOAD_URL",
          "SLIPWAY_AGENT_PROGRAM",
          "SLIPWAY_AGENT_SECRET_DAYS",
          "SLIPWAY_AGENT_UPDATE",
          "SLIPWAY_PUBLIC_URL",
          "SLIPWAY_PUBLIC_GRPC_URL",
          "SLIPWAY_FRONTEND_URL",
          "SLIPWAY_SMTP_URL",
          "SLIPWAY_SMTP_FROM",
          "SLIPWAY_OIDC_ISSUER",
          "SLIPWAY_OIDC_NAME",
          "SLIPWAY_STRIPE_PUBLISHABLE_KEY",
          "SLIPWAY_STRIPE_URL",
          "SLIPWAY_BILLING_CURRENCY",
          "SLIPWAY_BILLING_TAX",
          "SLIPWAY_BILLING_SELLER_NAME",
          "SLIPWAY_BILLING_SELLER_ADDRESS",
          "SLIPWAY_BILLING_SELLER_EMAIL",
          "SLIPWAY_BILLING_SELLER_TAX_ID",
          "SLIPWAY_BILLING_SELLER_NOTE",
          "SLIPWAY_EGRESS_ALLOW",
          "SLIPWAY_SOURCE_APP_MIB",
          "SLIPWAY_SOURCE_TENANT_MIB",
          "SLIPWAY_TRUSTED_PROXIES",
          "SLIPWAY_AOT");

  /** May also come from the file that the variable with {@code _FILE} behind it names. */
  private static final List<String> SECRET =
      List.of(
          "SLIPWAY_NATS_URL",
          "SLIPWAY_SMTP_PASSWORD",
          "SLIPWAY_SMTP_CA",
          "SLIPWAY_OIDC_CLIENT_ID",
          "SLIPWAY_OIDC_CLIENT_SECRET",
          "SLIPWAY_STRIPE_SECRET_KEY",
          "SLIPWAY_STRIPE_WEBHOOK_SECRET");

  private PassedSettings() {}

  static Map<String, String> of(Variables variables) throws StartFailure {
    var settings = new HashMap<String, String>();
    for (var name : PLAIN) {
      variables.get(name).ifPresent(value -> settings.put(setting(name), value));
    }
    for (var name : SECRET) {
      variables.secret(name).ifPresent(value -> settings.put(setting(name), value));
    }
    return settings;
  }

  private static String setting(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
