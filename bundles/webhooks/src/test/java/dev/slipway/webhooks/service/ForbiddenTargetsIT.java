package dev.slipway.webhooks.service;

import static dev.slipway.webhooks.service.WebhooksPlatform.tenantCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.PlatformException;
import dev.slipway.webhooks.WebhooksError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenTargetsIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://localhost/",
        "http://a.localhost/",
        "http://localhost./",
        "http://user:word@example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/",
        "http://",
        "nonsense"
      })
  void noneIsTaken(String url) throws Exception {
    var refused =
        catchThrowableOfType(PlatformException.class, () -> shared().webhook(url, "user.deleted"));
    assertThat(refused).as(url).isNotNull();
    assertThat(refused.code()).isEqualTo(WebhooksError.URL_FORBIDDEN);
    assertThat(refused.fields()).extracting(fault -> fault.field()).containsExactly("url");
  }

  /** A name may lead elsewhere by the time of delivery than when it was saved. */
  @Test
  void whatANameLeadsToIsCheckedWithEveryDelivery() throws Exception {
    try (var receiver = Receiver.willing();
        var feature = new WebhooksPlatform("localhost:" + receiver.port())) {
      var url = "http://localhost:" + receiver.port() + "/";
      var id = feature.webhook(url, "tenant.created").webhook().id();
      feature.intake.on(tenantCreated("a"));
      // The same name, now without the operator's permission.
      try (var courier = feature.courier(feature.database, feature.egress(""))) {
        courier.wake();
        var delivery = feature.attempted(id, 1);
        assertThat(delivery.responseCode()).isZero();
        assertThat((String) delivery.attempts().getFirst().get("error")).contains("not allowed");
      }
      assertThat(receiver.count()).isZero();
    }
  }

  private static WebhooksPlatform shared() {
    return Shared.FEATURE;
  }

  private static final class Shared {
    static final WebhooksPlatform FEATURE = new WebhooksPlatform("");
  }
}
