package dev.slipway.activity.store;

import dev.slipway.activity.Operation;
import dev.slipway.activity.OperationFilter;
import dev.slipway.activity.OperationStep;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code activity_operation}. */
public interface OperationMapper extends TableMapper<Operation> {
  Table TABLE =
      Table.of(
          "activity_operation",
          "id",
          "tenant_id",
          "type",
          "entity_type",
          "entity_id",
          "reference_id",
          "status",
          "progress",
          "error",
          "started_by",
          "steps_total",
          "steps_done",
          "metadata",
          "created_at",
          "updated_at",
          "started_at",
          "finished_at");

  /** Newest first. */
  List<Operation> list(
      @Param("filter") OperationFilter filter,
      @Param("limit") int limit,
      @Param("offset") int offset);

  /** Writes what changes of an operation and of one of its steps. */
  int updateWithStep(@Param("operation") Operation operation, @Param("step") OperationStep step);

  /** How many there are in all. */
  long count(@Param("filter") OperationFilter filter);

  /** Running operations without a change since then, the oldest first. */
  List<Operation> stalled(@Param("before") Instant before, @Param("limit") int limit);
}
