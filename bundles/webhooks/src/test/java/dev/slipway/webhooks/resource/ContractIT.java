package dev.slipway.webhooks.resource;

import dev.slipway.api.Caller;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.service.EndpointDraft;
import dev.slipway.webhooks.service.WebhooksPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over both families of webhooks. */
class ContractIT {
  static final String URL = "https://127.0.0.1:9/";
  static WebhooksPlatform feature;

  @BeforeAll
  static void start() {
    feature = new WebhooksPlatform();
    feature.platform.register(
        new WebhookResource(feature.endpoints, feature.deliveries),
        new WebhookDeliveryResource(feature.deliveries),
        new DeployWebhookResource(feature.endpoints, feature.deliveries),
        new DeployWebhookDeliveryResource(feature.deliveries),
        new DeployEventTypeResource());
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() throws Exception {
    var admin = feature.admin();
    var webhook = webhook(admin, Family.ADMIN, "tenant.created");
    var deploy = webhook(admin, Family.DEPLOY, "deploy.failed");
    return feature
        .platform
        .contract(feature.root)
        .object("/api/admin/webhooks/{id}", webhook)
        .object(
            "/api/admin/webhooks/{id}/deliveries/{id}",
            feature.deliveries.test(admin, Family.ADMIN, webhook).id())
        .object("/api/deploy-webhooks/{id}", deploy)
        .object(
            "/api/deploy-webhooks/{id}/deliveries/{id}",
            feature.deliveries.test(admin, Family.DEPLOY, deploy).id())
        .body("webhooks.webhook.create", body("tenant.created"))
        .body("webhooks.webhook.update", body("tenant.created"))
        .body("webhooks.deploy-webhook.create", body("deploy.failed"))
        .features("webhooks")
        .tests();
  }

  private static UUID webhook(Caller caller, Family family, String event) {
    var draft = new EndpointDraft("hook", "", URL, List.of(event), null, true);
    return feature.endpoints.create(caller, family, draft).webhook().id();
  }

  private static Map<String, Object> body(String event) {
    return Map.of("name", "hook", "url", URL, "events", List.of(event));
  }
}
