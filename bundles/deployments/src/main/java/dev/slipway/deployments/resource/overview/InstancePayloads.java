package dev.slipway.deployments.resource.overview;

import dev.slipway.deployments.service.overview.RunningInstances.Shown;
import dev.slipway.deployments.service.overview.RunningInstances.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Instances as clients see them. */
public final class InstancePayloads {
  private InstancePayloads() {}

  /**
   * A container, or process, of an app.
   *
   * @param process {@code web} answers requests
   * @param replica its number among the instances of the process, from 0
   * @param environmentId null = production
   * @param restarts how often it was started again by itself
   * @param reason why it ended the last time
   * @param seenAt when the server's agent told so; null where it has not yet
   */
  public record View(
      String container,
      String process,
      int replica,
      UUID deploymentId,
      @Nullable UUID environmentId,
      UUID serverId,
      State state,
      int restarts,
      @Nullable String reason,
      @Nullable Instant seenAt) {

    static View of(Shown shown) {
      var row = shown.row();
      return new View(
          row.name(),
          row.process(),
          row.replica(),
          row.deploymentId(),
          row.environmentId(),
          row.serverId(),
          shown.state(),
          shown.restarts(),
          shown.reason(),
          shown.seenAt());
    }
  }

  public record InstancesAnswer(List<View> instances) {
    static InstancesAnswer of(List<Shown> instances) {
      return new InstancesAnswer(instances.stream().map(View::of).toList());
    }
  }
}
