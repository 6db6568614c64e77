package dev.slipway.deployments.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a version of an app runs. Each has its own queue, live version, instances and routes.
 *
 * @param environmentId null = the app's production
 */
public record Place(UUID appId, @Nullable UUID environmentId) {
  /** Where the app itself runs. */
  public static Place production(UUID appId) {
    return new Place(appId, null);
  }

  public boolean isProduction() {
    return environmentId == null;
  }
}
