package dev.slipway.deployments.service;

import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.store.DeploymentRow;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment that is asked for.
 *
 * @param image what is run, where it exists already; null where it is built
 * @param rollbackOf the version that is brought back
 * @param recipe as {@link Recipe#members} has it
 * @param requestedBy the user, or who made the key that asked for it
 * @param overrides variables for this deployment alone, in clear
 */
record DeploymentDraft(
    UUID serverId,
    DeploymentTrigger trigger,
    Version version,
    @Nullable String image,
    @Nullable DeploymentRow rollbackOf,
    @Nullable String reason,
    Map<String, @Nullable Object> recipe,
    Map<String, String> overrides,
    boolean noCache,
    @Nullable UUID createdBy,
    @Nullable UUID requestedBy) {

  /** The keys of the variables alone. */
  @Override
  public String toString() {
    return "DeploymentDraft[" + trigger + " of " + version + " with " + overrides.keySet() + "]";
  }
}
