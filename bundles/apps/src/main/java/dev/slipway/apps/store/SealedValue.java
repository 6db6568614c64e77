package dev.slipway.apps.store;

import java.util.UUID;

/** A secret value that some deployment has or may get; {@code id} is its version's. */
public record SealedValue(UUID id, UUID tenantId, UUID envVarId, String value) {
  /** Without the value. */
  @Override
  public String toString() {
    return "SealedValue[envVarId=" + envVarId + "]";
  }
}
