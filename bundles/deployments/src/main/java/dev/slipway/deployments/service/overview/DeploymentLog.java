package dev.slipway.deployments.service.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.Logs;
import dev.slipway.logs.Phase;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The log of a deployment, in parts. */
@Component(service = DeploymentLog.class)
public final class DeploymentLog {
  private final DeploymentService deployments;
  private final Logs logs;

  @Activate
  public DeploymentLog(@Reference DeploymentService deployments, @Reference Logs logs) {
    this.deployments = deployments;
    this.logs = logs;
  }

  /**
   * A part of a log.
   *
   * @param deployment as it was before the lines were read: where it was over, no line of its own
   *     is to come
   */
  public record Part(Deployment deployment, List<LogLine> lines) {}

  /** Lines of an app's deployment behind a place; null = of all phases. */
  public Part of(Caller caller, UUID appId, UUID id, @Nullable Phase phase, long after, int limit) {
    return part(caller, deployments.get(caller, appId, id), phase, after, limit);
  }

  /** Lines of a deployment behind a place. */
  public Part of(Caller caller, UUID id, long after, int limit) {
    return part(caller, deployments.get(caller, id), null, after, limit);
  }

  private Part part(
      Caller caller, Deployment deployment, @Nullable Phase phase, long after, int limit) {
    return new Part(deployment, logs.page(Scope.of(caller), deployment.id(), phase, after, limit));
  }
}
