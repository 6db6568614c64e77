package dev.slipway.deployments.service;

import dev.slipway.api.Ids;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A plan in the making: steps of one run in order. */
public final class Plan {
  private final UUID tenantId;
  private final UUID runId;
  private final List<StepRow> steps = new ArrayList<>();

  /** An empty plan for a run. */
  public Plan(UUID tenantId, UUID runId) {
    this.tenantId = tenantId;
    this.runId = runId;
  }

  /** Adds a step. */
  public Plan then(StepKind kind, UUID serverId, @Nullable String target) {
    steps.add(
        new StepRow(
            Ids.next(),
            tenantId,
            runId,
            steps.size() + 1,
            kind,
            serverId,
            target,
            StepStatus.PENDING,
            0,
            null,
            null,
            null,
            null,
            null,
            null));
    return this;
  }

  /** Adds one step per target. */
  public Plan each(StepKind kind, UUID serverId, List<String> targets) {
    targets.forEach(target -> then(kind, serverId, target));
    return this;
  }

  public List<StepRow> steps() {
    return List.copyOf(steps);
  }

  /** How an image is made of the source. */
  public Plan source(UUID serverId, boolean detect) {
    then(StepKind.CLONE, serverId, null);
    if (detect) {
      then(StepKind.DETECT, serverId, null);
    }
    return then(StepKind.BUILD, serverId, null);
  }
}
