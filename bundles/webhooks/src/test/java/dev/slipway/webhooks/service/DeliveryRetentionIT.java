package dev.slipway.webhooks.service;

import static dev.slipway.webhooks.service.WebhooksPlatform.tenantCreated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.webhooks.Delivery.Status;
import dev.slipway.webhooks.Family;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryRetentionIT {
  @Test
  void whatIsOldIsGivenUpAndThenRemoved() throws Exception {
    try (var feature = new WebhooksPlatform()) {
      var retention = new DeliveryRetention(feature.database, feature.clock);
      var id = feature.webhook("http://127.0.0.1:9/", "tenant.created").webhook().id();
      feature.intake.on(tenantCreated("a"));
      feature.advance(DeliveryRetention.WAITING.minusMinutes(1));
      retention.run();
      assertThat(feature.only(id).status()).isEqualTo(Status.PENDING);

      feature.advance(Duration.ofMinutes(2));
      retention.run();
      assertThat(feature.only(id).status()).isEqualTo(Status.FAILED);
      assertThat(feature.queued(id)).isZero();

      feature.advance(DeliveryRetention.FINISHED.minusMinutes(1));
      retention.run();
      assertThat(feature.deliveries(id)).hasSize(1);
      feature.advance(Duration.ofMinutes(2));
      retention.run();
      assertThat(feature.deliveries(id)).isEmpty();
    }
  }

  @Test
  void ofADeletedWebhookNothingStays() throws Exception {
    try (var feature = new WebhooksPlatform()) {
      var retention = new DeliveryRetention(feature.database, feature.clock);
      var id = feature.webhook("http://127.0.0.1:9/", "tenant.created").webhook().id();
      feature.intake.on(tenantCreated("a"));
      feature.endpoints.delete(feature.admin(), Family.ADMIN, id);
      retention.run();
      assertThat(feature.deliveries(id)).hasSize(1);

      feature.advance(DeliveryRetention.DELETED.plusMinutes(1));
      retention.run();
      assertThat(feature.deliveries(id)).isEmpty();
      assertThat(feature.hasLine(id)).isFalse();
    }
  }
}
