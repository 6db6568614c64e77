package dev.slipway.deployments.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_step}. */
public interface StepMapper extends TableMapper<StepRow> {
  Table TABLE =
      Table.of(
          "deployments_step",
          "id",
          "tenant_id",
          "run_id",
          "position",
          "kind",
          "server_id",
          "target",
          "status",
          "attempt",
          "command_id",
          "deadline_at",
          "started_at",
          "finished_at",
          "result",
          "error");

  /** Adds steps that have not begun. */
  void insertAll(@Param("steps") List<StepRow> steps);

  /** The plan of a run, in order. */
  List<StepRow> ofRun(UUID runId);

  /** The plan of the deployment in a place that failed, or was called off, last. */
  List<StepRow> ofLastEnded(Place place);

  @Nullable UUID runOfCommand(UUID commandId);

  int deleteOfApp(UUID appId);
}
