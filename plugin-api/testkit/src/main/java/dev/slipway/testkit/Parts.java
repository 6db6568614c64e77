package dev.slipway.testkit;

import dev.slipway.api.net.Egress;
import dev.slipway.api.platform.Json;
import dev.slipway.store.json.PlatformJson;
import org.osgi.annotation.versioning.ProviderType;

/** Parts of the platform that need no other parts, for tests that need nothing else. */
@ProviderType
public final class Parts {
  private Parts() {}

  /** Outgoing HTTP: reaches this machine alone, where the platform's reaches others alone. */
  public static Egress egress() {
    return new OpenEgress();
  }

  /** JSON as the platform reads and writes it. */
  public static Json json() {
    return new PlatformJson();
  }
}
