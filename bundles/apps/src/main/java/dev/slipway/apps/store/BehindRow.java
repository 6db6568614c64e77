package dev.slipway.apps.store;

import dev.slipway.apps.SecretLeases.Behind;
import dev.slipway.apps.SecretLeases.Holder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A deployment that has an old value of a secret, as it is read. */
public record BehindRow(
    UUID leaseId,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    UUID deploymentId,
    String key,
    Instant rotatedAt,
    @Nullable UUID setBy,
    String setByName) {

  Behind toBehind() {
    var holder = new Holder(tenantId, appId, environmentId, deploymentId);
    return new Behind(leaseId, holder, key, rotatedAt, setBy, setByName);
  }
}
