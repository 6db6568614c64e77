package dev.slipway.deployments.service.queue;

import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.store.DeploymentRow;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment that is asked for.
 *
 * @param environmentId where it goes; null = the app's production
 * @param image what is run, where it exists already; null where it is built
 * @param rollbackOf the version that is brought back, or is live and stays so with other settings
 * @param promotedFrom the deployment whose build is brought here
 * @param recipe as {@link Recipe#members} has it
 * @param requestedBy the user, or who made the key that asked for it
 * @param overrides variables for this deployment alone, in clear
 */
public record DeploymentDraft(
    @Nullable UUID environmentId,
    UUID serverId,
    DeploymentTrigger trigger,
    Version version,
    @Nullable String image,
    @Nullable DeploymentRow rollbackOf,
    @Nullable DeploymentRow promotedFrom,
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
