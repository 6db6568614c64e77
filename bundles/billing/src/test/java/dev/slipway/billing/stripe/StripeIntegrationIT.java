package dev.slipway.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.spi.Integration;
import dev.slipway.billing.fake.FakeStripe;
import dev.slipway.security.egress.GuardedEgress;
import dev.slipway.testkit.TestPlatform;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StripeIntegrationIT {
  static TestPlatform platform;
  static FakeStripe stripe;

  @BeforeAll
  static void start() throws IOException {
    platform = TestPlatform.start();
    stripe = new FakeStripe();
    platform.facts().set("slipway.egress.allow", stripe.endpoint());
    platform.facts().set("slipway.stripe.url", stripe.url());
  }

  @AfterAll
  static void stop() throws Exception {
    stripe.close();
    platform.close();
  }

  static StripeApi api(Map<String, String> settings) {
    settings.forEach(platform.facts()::set);
    return new StripeApi(platform.facts(), new GuardedEgress(platform.facts()), platform.secrets());
  }

  @Test
  void saysHowStripeIsAndCountsCalls() {
    var integration = new StripeIntegration(api(Map.of()));
    assertThat(integration.name()).isEqualTo("stripe");
    assertThat(integration.check().status()).isEqualTo(Integration.Status.NOT_CONFIGURED);

    var blind = new StripeIntegration(api(Map.of("slipway.stripe.secret.key", FakeStripe.KEY)));
    assertThat(blind.check().status()).isEqualTo(Integration.Status.UNHEALTHY);
    assertThat(blind.check().message()).contains("webhook");

    var api = api(Map.of("slipway.stripe.webhook.secret", FakeStripe.WEBHOOK_SECRET));
    var counted = new AtomicInteger();
    api.setCalls(name -> counted.addAndGet(name.equals("stripe") ? 1 : 1000));
    var good = new StripeIntegration(api);
    assertThat(good.check()).isEqualTo(new Integration.Check(Integration.Status.HEALTHY, null));
    assertThat(counted).hasValue(1);
    stripe.down(true);
    assertThat(good.check().status()).isEqualTo(Integration.Status.UNHEALTHY);
    assertThat(counted).hasValueGreaterThan(1);
    stripe.down(false);

    var wrong = "sk_test_wrong";
    var refused = new StripeIntegration(api(Map.of("slipway.stripe.secret.key", wrong))).check();
    assertThat(refused.status()).isEqualTo(Integration.Status.UNHEALTHY);
    assertThat(refused.message()).doesNotContain(wrong);
  }
}
