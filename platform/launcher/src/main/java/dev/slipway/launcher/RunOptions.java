package dev.slipway.launcher;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the operator typed; null where an option was not given. */
@Command(
    name = "slipway run",
    description = "Starts the platform in the foreground.",
    sortOptions = false,
    footer = {
      "",
      "Each option is also a variable, which the option overrides: SLIPWAY_DATA, SLIPWAY_HTTP,",
      "SLIPWAY_GRPC, SLIPWAY_AGENT, SLIPWAY_PLUGINS. Further variables: SLIPWAY_DATABASE_URL,",
      "SLIPWAY_DATABASE_PASSWORD(_FILE), SLIPWAY_ROOT_EMAIL, SLIPWAY_ROOT_PASSWORD(_FILE),",
      "SLIPWAY_MASTER_KEY_FILE, SLIPWAY_AGENT_EDGE (where the local agent serves apps,",
      "127.0.0.1:8000), SLIPWAY_LOG_LEVEL, SLIPWAY_JAVA_OPTS, SLIPWAY_AOT=off,",
      "SLIPWAY_PUBLIC_URL, SLIPWAY_PUBLIC_GRPC_URL, SLIPWAY_FRONTEND_URL, SLIPWAY_SMTP_URL,",
      "SLIPWAY_SMTP_FROM,",
      "SLIPWAY_SMTP_PASSWORD(_FILE), SLIPWAY_SMTP_CA_FILE (PEM), SLIPWAY_OIDC_ISSUER,",
      "SLIPWAY_OIDC_CLIENT_ID, SLIPWAY_OIDC_CLIENT_SECRET(_FILE),"
          + " SLIPWAY_STRIPE_SECRET_KEY(_FILE),",
      "SLIPWAY_STRIPE_WEBHOOK_SECRET(_FILE), SLIPWAY_STRIPE_PUBLISHABLE_KEY, SLIPWAY_STRIPE_URL,",
      "SLIPWAY_BILLING_CURRENCY, SLIPWAY_BILLING_TAX=automatic, SLIPWAY_BILLING_SELLER_NAME,",
      "SLIPWAY_BILLING_SELLER_ADDRESS (lines separated by |), SLIPWAY_BILLING_SELLER_EMAIL,",
      "SLIPWAY_BILLING_SELLER_TAX_ID, SLIPWAY_BILLING_SELLER_NOTE, SLIPWAY_EGRESS_ALLOW,",
      "SLIPWAY_SOURCE_APP_MIB, SLIPWAY_SOURCE_TENANT_MIB,",
      "SLIPWAY_TRUSTED_PROXIES (addresses and CIDR ranges, separated by commas),",
      "SLIPWAY_NATS_URL(_FILE) (signals between nodes; without it PostgreSQL carries them)."
    })
final class RunOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder that holds everything that must survive (./data)")
  @Nullable String data;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "where people and clients reach the platform (127.0.0.1:8080)")
  @Nullable String http;

  @Option(
      names = "--grpc",
      paramLabel = "HOST:PORT",
      description = "where agents reach the platform (127.0.0.1:8081)")
  @Nullable String grpc;

  @Option(
      names = "--agent",
      paramLabel = "MODE",
      description =
          "runtime of the local agent: process, docker or off"
              + " (docker where an engine answers, else process)")
  @Nullable String agent;

  @Option(
      names = "--plugins",
      paramLabel = "MODE",
      description = "which plugins may run: any, or signed by a trusted key alone (any)")
  @Nullable String plugins;

  @Option(
      names = "--example",
      description = "deploy the bundled example when the data folder is empty")
  boolean example;

  @Option(
      names = "--with-parent",
      description = "stop when the process that started this one ends",
      hidden = true)
  boolean withParent;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;
}
