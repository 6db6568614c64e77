package dev.slipway.deployments.resource.deployment;

import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.service.overview.DeploymentLog;
import dev.slipway.logs.LogLine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Logs of deployments as clients see them. */
public final class LogPayloads {
  private LogPayloads() {}

  /**
   * A part of a deployment's log.
   *
   * @param nextCursor where the next part begins; null where this was the last one for now
   */
  public record LogAnswer(
      UUID deploymentId, DeploymentStatus status, List<LogLine> logs, @Nullable String nextCursor) {
    static LogAnswer of(DeploymentLog.Part part, int limit) {
      var lines = part.lines();
      return new LogAnswer(
          part.deployment().id(),
          part.deployment().status(),
          lines,
          lines.size() < limit ? null : Long.toString(lines.getLast().sequence()));
    }
  }

  /**
   * A part of a deployment's stored log.
   *
   * @param complete whether the deployment is over and no line is left
   * @param nextAfter what to ask for next
   */
  public record Stored(
      UUID deploymentId,
      DeploymentStatus status,
      boolean complete,
      List<LogLine> logs,
      long nextAfter) {
    static Stored of(DeploymentLog.Part part, long after, int limit) {
      var lines = part.lines();
      return new Stored(
          part.deployment().id(),
          part.deployment().status(),
          part.deployment().status().isOver() && lines.size() < limit,
          lines,
          lines.isEmpty() ? after : lines.getLast().sequence());
    }
  }
}
