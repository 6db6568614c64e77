package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.events.GoneMapper;
import dev.slipway.store.Store;
import dev.slipway.testkit.Postgres;
import dev.slipway.testkit.contract.TenantIsolation;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every table that any bundle of the distribution brings: a forgotten WHERE leaks nothing. */
class TenantIsolationIT {
  /** Tables that no session of a tenant may touch, and why that is so. */
  private static final Map<String, String> CLOSED =
      Map.ofEntries(
          Map.entry("accounts_user", "a user can belong to several tenants"),
          Map.entry("accounts_credential", "password hashes, read at sign-in alone"),
          Map.entry("accounts_guess", "counted before anybody is signed in"),
          Map.entry("accounts_session", "a login is a user's, whatever the tenant"),
          Map.entry("accounts_refresh_token", "as accounts_session"),
          Map.entry("accounts_tenant", "the list of tenants itself"),
          Map.entry("accounts_membership", "read before it is known which tenant may be chosen"),
          Map.entry("accounts_invitation", "read by whoever holds the token, in no tenant yet"),
          Map.entry("accounts_api_key", "read to find out which tenant a key belongs to"),
          Map.entry("accounts_identity", "a user's, whatever the tenant"),
          Map.entry("accounts_mail_request", "asked for before anybody is signed in"),
          Map.entry("accounts_message", "a user's inbox, whatever the tenant"),
          Map.entry("accounts_oidc_state", "a sign-in that is under way"),
          Map.entry("accounts_recovery_code", "as accounts_credential"),
          Map.entry("accounts_second_factor", "as accounts_credential"),
          Map.entry("accounts_token", "read by whoever holds the token, in no tenant yet"),
          Map.entry("admin_config", "variables are the platform's"),
          Map.entry("admin_integration_hour", "calls of the whole platform"),
          Map.entry("admin_log", "the operators' log of all tenants"),
          Map.entry("admin_metric", "load of the platform's nodes"),
          Map.entry("admin_node", "nodes of the platform"),
          Map.entry("billing_bundle", "what the operator offers to all"),
          Map.entry("billing_invoice_number", "one counter over all tenants"),
          Map.entry("billing_leaving", "whose account is to be closed"),
          Map.entry("billing_plan", "what the operator offers to all"),
          Map.entry("billing_stripe_event", "as it comes, before its tenant is known"),
          Map.entry("billing_stripe_price", "prices of the plans"),
          Map.entry("billing_user_activity", "a user's, whatever the tenant"),
          Map.entry("mail_message", "mails go to people, not to tenants"),
          Map.entry("security_audit_seal", "one chain over the audit of all tenants"),
          Map.entry("events_cursor", "how far each subscriber of the platform is"),
          Map.entry("events_failure", "what a subscriber of the platform failed at"),
          Map.entry("fleet_root", "which tenant the platform's own servers belong to"),
          Map.entry("fleet_local", "which server a node of the platform is"),
          Map.entry("fleet_node", "which nodes of the platform live"),
          Map.entry("fleet_signing_key", "the platform's own key"),
          Map.entry("fleet_update_key", "the platform's, for agents' programs"),
          Map.entry("fleet_attempt", "counted before it is known whose agent it is"),
          Map.entry("fleet_used_token", "as it is shown, by whoever holds it"),
          Map.entry("http_idempotency", "keyed by whoever called, before any tenant's work"),
          Map.entry("jobs_execution", "jobs are the platform's"),
          Map.entry("pluginhost_plugin", "plugins are the platform's"),
          Map.entry("pluginhost_failure", "as pluginhost_plugin"),
          Map.entry("pluginhost_grant", "as pluginhost_plugin"),
          Map.entry("pluginhost_key", "whose plugins the operator trusts"),
          Map.entry("pluginhost_revoked_file", "as pluginhost_key"),
          Map.entry("pluginhost_settings", "set by the operator for all tenants"),
          Map.entry("security_data_key", "wrapped by the master key, opened by the platform"),
          Map.entry("security_signing_key", "the platform's own keys"),
          Map.entry("events_gone_tenant", "which tenants are to be erased"));

  /** Tables of tenants whose rows outlive them, and why. */
  private static final Map<String, String> KEPT =
      Map.of(
          "billing_account", "until its subscription at Stripe has ended; billing removes it then",
          "billing_checkout", "what is paid late has to be entered; removed when it is old",
          "billing_credit_movement", "goes with the ledger",
          "billing_recurring", "business metrics look back a year",
          "billing_transaction", "the ledger of what was paid and given back",
          "events_event", "listeners that are behind still need it; removed when it is old",
          "security_audit", "the record of what was done, sealed as a chain");

  private static Store store;
  private static Connection owner;

  @BeforeAll
  static void migrate() throws Exception {
    store = Postgres.freshStore();
    var loader = TenantIsolationIT.class.getClassLoader();
    for (var feature : features()) {
      store.database(feature, loader);
    }
    owner = Postgres.owner(store);
  }

  @AfterAll
  static void close() throws Exception {
    owner.close();
    store.close();
  }

  @TestFactory
  Stream<DynamicNode> tenantsAreApart() throws SQLException {
    return new TenantIsolation(owner, owner.getCatalog() + "_tenant", CLOSED)
        .shown(Set.of("billing_plan", "billing_bundle"))
        .tests();
  }

  @Test
  void nothingElseOutlivesItsTenant() throws SQLException {
    var database = store.database("events", TenantIsolationIT.class.getClassLoader());
    var gone = database.mapper(GoneMapper.class);
    var scope = Scope.platform("test");
    var erased = database.read(scope, gone::tables);
    for (var table : erased) {
      assertThat(database.<Integer>write(scope, () -> gone.erase(table, Ids.next()))).isZero();
    }
    try (var statement = owner.createStatement();
        var rows =
            statement.executeQuery(
                "select tablename from pg_policies where policyname = 'tenant'")) {
      var kept = new TreeSet<String>();
      while (rows.next()) {
        kept.add(rows.getString(1));
      }
      assertThat(kept).containsAll(erased);
      kept.removeAll(erased);
      assertThat(kept).isEqualTo(KEPT.keySet());
    }
  }

  /**
   * The features that have a changelog on the class path, found and not listed, so that none is
   * forgotten.
   */
  private static Set<String> features() throws IOException {
    var found = new TreeSet<String>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var path = Path.of(entry);
      if (Files.isDirectory(path)) {
        folders(path.resolve("changelog"), found);
      } else if (entry.endsWith(".jar")) {
        try (var jar = FileSystems.newFileSystem(path)) {
          folders(jar.getPath("changelog"), found);
        }
      }
    }
    assertThat(found).contains("accounts", "apps", "events", "fleet", "logs", "security");
    return found;
  }

  private static void folders(Path changelog, Set<String> found) throws IOException {
    if (Files.isDirectory(changelog)) {
      try (var features = Files.list(changelog)) {
        features
            .map(feature -> feature.getFileName().toString().replace("/", ""))
            .forEach(found::add);
      }
    }
  }
}
