package dev.slipway.webhooks.service;

import static dev.slipway.webhooks.service.WebhooksPlatform.event;
import static dev.slipway.webhooks.service.WebhooksPlatform.tenantCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.testkit.TestPlatform;
import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the event log into the lines; nobody delivers here. */
class EventIntakeIT {
  static final String URL = "http://127.0.0.1:9/";
  static WebhooksPlatform feature;

  final UUID tenant = Ids.next();

  @BeforeAll
  static void start() {
    feature = new WebhooksPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @ParameterizedTest
  @CsvSource({
    "billing.subscription.activated, subscription.activated,"
        + " tenantId planId planName billingInterval amountCents",
    "billing.subscription.canceled, subscription.canceled, tenantId tenantName reason",
    "billing.payment.received, payment.received, tenantId amountCents currency planName",
    "billing.payment.failed, payment.failed, tenantId tenantName",
    "accounts.member.invited, member.invited, tenantId tenantName email role invitedBy",
    "accounts.member.joined, member.joined, tenantId tenantName userId role",
    "accounts.member.removed, member.removed, tenantId tenantName userId removedBy",
    "accounts.member.role-changed, member.role_changed,"
        + " tenantId tenantName userId oldRole newRole",
    "accounts.ownership.transferred, ownership.transferred,"
        + " tenantId tenantName fromUserId toUserId",
    "accounts.user.registered, user.registered, userId email displayName",
    "accounts.user.verified, user.verified, userId email",
    "accounts.user.deactivated, user.deactivated, userId",
    "billing.credits.purchased, credits.purchased,"
        + " tenantId bundleId bundleName credits amountCents",
    "billing.plan.changed, plan.changed, tenantId planId planName",
    "accounts.tenant.created, tenant.created, tenantId tenantName tenantSlug userId",
    "accounts.tenant.deactivated, tenant.deactivated, tenantId tenantName",
    "accounts.user.deleted, user.deleted, userId email",
    "accounts.tenant.deleted, tenant.deleted, tenantId tenantName reason",
    "accounts.api-key.created, api_key.created, keyId name authority createdBy",
    "accounts.api-key.revoked, api_key.revoked, keyId revokedBy"
  })
  void everyTypeCarriesItsMembers(String source, String type, String members) {
    var id = feature.webhook(URL, type).webhook().id();
    var data = new HashMap<String, Object>();
    data.put("password", "never sent");
    for (var member : members.split(" ")) {
      data.put(member.replaceAll("([A-Z])", "_$1").toLowerCase(), "the " + member);
    }
    var happened = event(source, null, Ids.next(), data);
    feature.intake.on(happened);

    var delivery = feature.only(id);
    assertThat(delivery.eventType()).isEqualTo(type);
    var body = payload(delivery);
    assertThat(body).containsOnlyKeys("event", "timestamp", "data");
    assertThat(body.get("event")).isEqualTo(type);
    assertThat(body.get("timestamp")).isEqualTo(happened.occurredAt().toString());
    assertThat(data(delivery)).containsOnlyKeys(members.split(" "));
    for (var member : members.split(" ")) {
      assertThat(data(delivery)).containsEntry(member, "the " + member);
    }
    assertThat(feature.intake.filter().matches(source)).isTrue();
  }

  @Test
  void theListOfTypesIsThatOfTheCatalogue() {
    assertThat(EventType.of(Family.ADMIN)).hasSize(20);
    assertThat(EventType.of(Family.DEPLOY))
        .extracting(EventType::type)
        .containsExactly(
            "deploy.queued",
            "deploy.started",
            "deploy.succeeded",
            "deploy.failed",
            "deploy.cancelled",
            "deploy.rolled_back",
            "deploy.approval_required",
            "deploy.approved",
            "deploy.rejected");
  }

  @Test
  void tenantsAreNamedAsTheLogNamesThem() {
    var id = feature.webhook(URL, "tenant.created").webhook().id();
    feature.intake.on(tenantCreated("Ann's"));
    assertThat(data(feature.only(id)))
        .containsEntry("tenantName", "Ann's")
        .containsEntry("tenantSlug", "slug");
  }

  @Test
  void anEventHeardAgainMakesNoSecondDelivery() {
    var id = feature.webhook(URL, "tenant.created").webhook().id();
    var once = tenantCreated("once");
    feature.intake.on(once);
    feature.intake.on(once);
    feature.intake.on(tenantCreated("other"));
    assertThat(feature.deliveries(id)).hasSize(2);
    assertThat(feature.queued(id)).isEqualTo(2);
  }

  @Test
  void onlyWhatAWebhookAskedForIsQueued() {
    var id = feature.webhook(URL, "user.deleted", "plan.changed").webhook().id();
    feature.intake.on(tenantCreated("a"));
    feature.intake.on(deployed(tenant, Ids.next(), "succeeded"));
    assertThat(feature.deliveries(id)).isEmpty();
  }

  @Test
  void aTenantHearsItsOwnDeploymentsOnly() {
    var app = Ids.next();
    feature.apps.add(tenant, app);
    var own = deployWebhook(tenant, null);
    var ofApp = deployWebhook(tenant, app);
    var foreign = deployWebhook(Ids.next(), null);
    feature.intake.on(deployed(tenant, app, "succeeded"));
    feature.intake.on(deployed(tenant, Ids.next(), "succeeded"));
    assertThat(feature.deliveries(own)).hasSize(2);
    assertThat(feature.deliveries(ofApp)).hasSize(1);
    assertThat(feature.deliveries(foreign)).isEmpty();
    assertThat(data(feature.only(ofApp)))
        .containsEntry("tenantId", tenant.toString())
        .containsEntry("appId", app.toString())
        .containsEntry("trigger", "manual")
        .containsEntry("image", null)
        .containsOnlyKeys(
            "tenantId",
            "appId",
            "deploymentId",
            "trigger",
            "serverId",
            "commitSha",
            "image",
            "url");
    assertThat(feature.only(ofApp).tenantId()).isEqualTo(tenant);
  }

  @Test
  void longTextsAreCut() {
    var id = feature.webhook(URL, "tenant.created").webhook().id();
    feature.intake.on(tenantCreated("😀".repeat(9000)));
    assertThat(data(feature.only(id)).get("tenantName")).isEqualTo("😀".repeat(1000));
  }

  @Test
  void theWebhooksOfAnAppAndOfATenantGoWithThem() {
    var app = Ids.next();
    feature.apps.add(tenant, app);
    var caller = TestPlatform.caller(tenant, Role.USER);
    var ofApp = deployWebhook(tenant, app);
    var ofTenant = deployWebhook(tenant, null);
    var watch = new OwnerWatch(feature.database);
    watch.on(event("apps.app.deleted", tenant, app, Map.of()));
    assertThat(feature.endpoints.list(caller, Family.DEPLOY, 10, 0).webhooks())
        .extracting(webhook -> webhook.id())
        .containsExactly(ofTenant)
        .doesNotContain(ofApp);
    watch.on(event("accounts.tenant.deleted", null, tenant, Map.of()));
    assertThat(feature.endpoints.list(caller, Family.DEPLOY, 10, 0).webhooks()).isEmpty();
  }

  private static UUID deployWebhook(UUID tenant, @Nullable UUID app) {
    var draft =
        new EndpointDraft(null, "", "https://127.0.0.1:9/", List.of("deploy.succeeded"), app, true);
    var caller = TestPlatform.caller(tenant, Role.USER);
    return feature.endpoints.create(caller, Family.DEPLOY, draft).webhook().id();
  }

  private static StoredEvent deployed(UUID tenant, UUID app, String what) {
    var deployment = Ids.next();
    return event(
        "deployments.deployment." + what,
        tenant,
        deployment,
        Map.of(
            "tenant_id", tenant.toString(),
            "app_id", app.toString(),
            "deployment_id", deployment.toString(),
            "trigger", "manual",
            "server_id", Ids.next().toString()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> payload(Delivery delivery) {
    return feature.platform.json().read(delivery.payload(), Map.class);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> data(Delivery delivery) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(payload(delivery).get("data"));
  }
}
