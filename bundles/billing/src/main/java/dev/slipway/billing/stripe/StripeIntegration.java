package dev.slipway.billing.stripe;

import dev.slipway.api.PlatformException;
import dev.slipway.api.spi.Integration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether payments work, for the admin area. */
@Component(service = Integration.class)
public final class StripeIntegration implements Integration {
  static final String NAME = "stripe";

  private final StripeApi api;

  /** Made by the component runtime. */
  @Activate
  public StripeIntegration(@Reference StripeApi api) {
    this.api = api;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Check check() {
    if (!api.configured()) {
      return new Check(Status.NOT_CONFIGURED, null);
    }
    if (api.settings().webhookSecret() == null) {
      return new Check(
          Status.UNHEALTHY, "the webhook's secret is not set, so that payments are not noticed");
    }
    try {
      api.look();
      return new Check(Status.HEALTHY, null);
    } catch (PlatformException refused) {
      return new Check(Status.UNHEALTHY, refused.getMessage());
    }
  }
}
