package dev.slipway.webhooks.resource;

import dev.slipway.testkit.contract.Live;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.service.EndpointDraft;
import dev.slipway.webhooks.service.WebhooksPlatform;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over both families of webhooks. */
class ExamplesIT {
  /** Allowed for webhooks here, and nobody answers. */
  private static final String URL = "https://127.0.0.1:9/";

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
  Stream<DynamicNode> examples() throws Exception {
    var webhook = webhook(Family.ADMIN, "tenant.created");
    var deploy = webhook(Family.DEPLOY, "deploy.failed");
    return feature
        .platform
        .examples(feature.root, "webhooks")
        .object("/api/admin/webhooks/{id}", webhook)
        .object("/api/admin/webhooks/{id}/deliveries/{id}", delivery(Family.ADMIN, webhook))
        .object("/api/deploy-webhooks/{id}", deploy)
        .object("/api/deploy-webhooks/{id}/deliveries/{id}", delivery(Family.DEPLOY, deploy))
        .live("webhooks.webhook.create", () -> Live.value("url", URL))
        .live("webhooks.webhook.update", () -> Live.value("url", URL))
        .live("webhooks.deploy-webhook.create", () -> Live.value("url", URL))
        .tests();
  }

  private static UUID webhook(Family family, String event) {
    var draft = new EndpointDraft("Chat", "", URL, List.of(event), null, true);
    return feature.endpoints.create(feature.admin(), family, draft).webhook().id();
  }

  private static UUID delivery(Family family, UUID webhook) throws InterruptedException {
    return feature.deliveries.test(feature.admin(), family, webhook).id();
  }
}
