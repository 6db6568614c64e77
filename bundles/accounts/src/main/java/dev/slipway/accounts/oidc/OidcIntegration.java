package dev.slipway.accounts.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import dev.slipway.api.PlatformException;
import dev.slipway.api.spi.Integration;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the sign-in provider answers, for the admin area; its name there is Google's. */
@Component(service = Integration.class)
public final class OidcIntegration implements Integration {
  static final String NAME = "google_oauth";

  private final OidcProvider provider;

  /** Made by the component runtime. */
  @Activate
  public OidcIntegration(@Reference OidcProvider provider) {
    this.provider = provider;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Check check() {
    if (!provider.configured()) {
      return new Check(Status.NOT_CONFIGURED, null);
    }
    try {
      provider.look();
      return new Check(Status.HEALTHY, null);
    } catch (IOException | ParseException | PlatformException failure) {
      return new Check(Status.UNHEALTHY, failure.getMessage());
    }
  }
}
