package dev.slipway.apps.store;

import dev.slipway.apps.ResourceLimits;
import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;

/** The limits of the apps of the current scope. */
public final class ResourceLimitsStore {
  private final ResourceLimitsMapper limits;

  public ResourceLimitsStore(Database database) {
    limits = database.mapper(ResourceLimitsMapper.class);
  }

  /** The limits of an app. */
  public Optional<ResourceLimits> find(UUID appId) {
    return Optional.ofNullable(limits.find(appId));
  }

  /** The limits of an app, which nobody else can change until the unit of work ends. */
  public Optional<ResourceLimits> lock(UUID appId) {
    return Optional.ofNullable(limits.lock(appId));
  }

  public void insert(ResourceLimits some) {
    limits.insert(some);
  }

  /** Writes limits that were locked in this unit of work. */
  public void update(ResourceLimits some) {
    if (limits.update(some) != 1) {
      throw new IllegalStateException("limits of " + some.id() + " were written unlocked");
    }
  }
}
