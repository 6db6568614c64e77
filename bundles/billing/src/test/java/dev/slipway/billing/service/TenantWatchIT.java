package dev.slipway.billing.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.Ledger;
import dev.slipway.testkit.TestClient;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What billing does when tenants come and go. */
class TenantWatchIT {
  private static final Scope SCOPE = Scope.platform("test");

  static BillingPlatform feature;
  static String pro;

  UUID tenant;
  TestClient owner;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
    pro = feature.plan("Pro", 4900, Map.of("usageCreditsPerMonth", 100));
    feature.root.put("/api/admin/plans/" + Plan.FREE, Map.of("name", "Free", "bonusCredits", 5));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void tenant() {
    tenant = feature.tenants.add("Smith & Sons");
    owner = feature.platform.as(tenant, Role.OWNER);
    feature.stripe.books.takeEvents();
  }

  void hear(String type) {
    feature.tenantWatch.on(
        new StoredEvent(Ids.next(), "1", type, null, tenant, Instant.now(), Map.of()));
  }

  boolean known() {
    var accounts = new AccountStore(feature.database);
    return feature.database.read(SCOPE, () -> accounts.find(tenant)).isPresent();
  }

  long entries() {
    var ledger = new Ledger(feature.database);
    return feature.database.read(SCOPE, () -> ledger.list(tenant, null, 10, 0)).total();
  }

  String bundleSession() {
    var bundle = feature.bundle("Bundle " + tenant, 10, 100);
    var answer = owner.post("/api/billing/checkout", Map.of("bundleId", bundle));
    return BillingPlatform.session(answer.at("/checkoutUrl"));
  }

  String status(String kind, String id) {
    return feature.stripe.books.all(kind).stream()
        .filter(it -> it.get("id").equals(id))
        .map(it -> String.valueOf(it.get("status")))
        .findFirst()
        .orElseThrow();
  }

  void subscribe() {
    var answer =
        owner.post("/api/billing/checkout", Map.of("planId", pro, "billingInterval", "month"));
    feature.stripe.books.pay(BillingPlatform.session(answer.at("/checkoutUrl")));
    feature.deliver();
  }

  @Test
  void aNewTenantGetsTheFreePlanOnce() {
    hear("accounts.tenant.created");
    hear("accounts.tenant.created");
    assertThat(feature.accounts.state(tenant).planId()).isEqualTo(Plan.FREE);
    assertThat(feature.accounts.state(tenant).purchasedCredits()).isEqualTo(5);
  }

  @Test
  void ofADeletedTenantNothingRunsOnAndTheLedgerStays() {
    subscribe();
    var subscription = feature.accounts.state(tenant).stripeSubscriptionId();
    var session = bundleSession();
    feature.tenants.remove(tenant);
    hear("accounts.tenant.deleted");
    assertThat(status("subscription", subscription)).isEqualTo("canceled");
    assertThat(status("checkout.session", session)).isEqualTo("expired");
    assertThat(known()).isFalse();
    assertThat(entries()).isEqualTo(1);
    // What Stripe tells of it, and a second delivery, bring nothing back.
    feature.deliver();
    hear("accounts.tenant.deleted");
    assertThat(known()).isFalse();
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void moneyGivenBackAfterwardsIsStillEntered() {
    subscribe();
    feature.tenants.remove(tenant);
    hear("accounts.tenant.deleted");
    feature.stripe.books.refund(4900);
    feature.deliver();
    assertThat(entries()).isEqualTo(2);
    assertThat(known()).isFalse();
  }

  @Test
  void whileStripeIsDownTheAccountStaysToBeTriedAgain() {
    subscribe();
    var subscription = feature.accounts.state(tenant).stripeSubscriptionId();
    feature.stripe.down(true);
    assertThatThrownBy(() -> hear("accounts.tenant.deleted")).isInstanceOf(PlatformException.class);
    feature.tenantWatch.run();
    assertThat(known()).isTrue();
    feature.stripe.down(false);
    // Not the event, which may have been passed over meanwhile.
    feature.tenantWatch.run();
    assertThat(status("subscription", subscription)).isEqualTo("canceled");
    assertThat(known()).isFalse();
  }

  @Test
  void aTenantThatNeverPaidLeavesAtOnce() {
    hear("accounts.tenant.created");
    hear("accounts.tenant.deleted");
    assertThat(known()).isFalse();
  }
}
