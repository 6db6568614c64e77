package dev.slipway.fleet.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.Role;
import dev.slipway.testkit.TestPlatform;
import java.util.UUID;

/** Somebody who may read a tenant's operations. */
public final class TestFleetCaller {
  private TestFleetCaller() {}

  public static Caller of(UUID tenant) {
    return TestPlatform.caller(tenant, Role.USER);
  }
}
