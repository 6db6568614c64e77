package dev.slipway.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.osgi.annotation.versioning.ProviderType;

/** Times of rows. */
@ProviderType
public final class Times {
  private Times() {}

  /**
   * Now, in microseconds: as exactly as the database keeps it, so that what is read equals what was
   * written.
   */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
