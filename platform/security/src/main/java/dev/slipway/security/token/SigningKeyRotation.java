package dev.slipway.security.token;

import dev.slipway.api.spi.Job;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks every hour whether the signing key is due for replacement. */
@Component
public final class SigningKeyRotation implements Job {
  private final SigningKeys keys;

  /** Made by the component runtime. */
  @Activate
  public SigningKeyRotation(@Reference SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "security.signing-key-rotation";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    keys.rotate();
  }
}
