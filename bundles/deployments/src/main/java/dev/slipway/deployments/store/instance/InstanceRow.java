package dev.slipway.deployments.store.instance;

import dev.slipway.apps.AppProcess;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A container, or process, that is or may be on a server; the row goes when it certainly is not.
 *
 * @param environmentId null = it belongs to the app's production
 * @param name the container's
 * @param leaving whether it is to be removed
 * @param commandId the command that removes it
 * @param attempts how often that was tried
 * @param tryAt when it is tried again
 * @param process which of the app's processes it is; {@link AppProcess#WEB} answers requests
 */
public record InstanceRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    UUID deploymentId,
    UUID serverId,
    String name,
    int replica,
    boolean leaving,
    @Nullable UUID commandId,
    int attempts,
    @Nullable Instant tryAt,
    String process) {

  /** Whether requests are led to it. */
  public boolean isWeb() {
    return process.equals(AppProcess.WEB);
  }
}
