package dev.slipway.mail;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.Integration;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the mail server lets us in, for the admin area; sends nothing. */
@Component(service = Integration.class)
public final class SmtpIntegration implements Integration {
  static final String NAME = "email";

  private final @Nullable SmtpSettings settings;

  /** Made by the component runtime. */
  @Activate
  public SmtpIntegration(@Reference Platform platform) {
    settings = SmtpSettings.of(platform).orElse(null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Check check() {
    if (settings == null) {
      return new Check(Status.NOT_CONFIGURED, null);
    }
    try {
      SmtpSender.connected(settings, sender -> {});
      return new Check(Status.HEALTHY, null);
    } catch (AuthenticationFailedException refused) {
      // What the server says to that may repeat what it was sent.
      return new Check(Status.UNHEALTHY, "the mail server refused the sign-in");
    } catch (MessagingException failure) {
      return new Check(Status.UNHEALTHY, Delivery.error(failure));
    }
  }
}
