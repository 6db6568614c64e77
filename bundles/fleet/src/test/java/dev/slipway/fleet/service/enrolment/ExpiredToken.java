package dev.slipway.fleet.service.enrolment;

import dev.slipway.fleet.service.TestFleet;
import java.time.Instant;
import java.util.Map;

/** A token of ours that was good once. */
public final class ExpiredToken {
  private ExpiredToken() {}

  public static String of(TestFleet fleet) {
    return fleet
        .installTokens()
        .issue(
            new InstallTokens.Grant(
                fleet.tenant, null, Map.of(), Instant.now().minusSeconds(1), null, "tester", null));
  }
}
