package dev.slipway.apps.store;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.UUID;

/** Which apps of the current scope must not be built from cached layers. */
public final class BuildCacheStore {
  private final BuildCacheMapper caches;

  public BuildCacheStore(Database database) {
    caches = database.mapper(BuildCacheMapper.class);
  }

  /** Layers from before now must not be used any more. */
  public void drop(UUID appId, UUID tenantId, Instant now) {
    caches.drop(appId, tenantId, now);
  }

  /** Whether this deployment is the one to build anew since the layers were dropped. */
  public boolean take(UUID appId, UUID deploymentId) {
    return caches.take(appId, deploymentId) == 1;
  }
}
