package dev.slipway.activity.store;

import dev.slipway.activity.OperationStep;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code activity_step}. */
public interface StepMapper extends TableMapper<OperationStep> {
  Table TABLE =
      Table.of(
          "activity_step",
          "id",
          "tenant_id",
          "operation_id",
          "number",
          "name",
          "status",
          "message",
          "error",
          "started_at",
          "finished_at");

  /** All steps of one operation, in order. */
  List<OperationStep> ofOperation(@Param("operationId") UUID operationId);

  /** One step; null where the plan has no such number. */
  @Nullable OperationStep byNumber(
      @Param("operationId") UUID operationId, @Param("number") int number);

  /** Adds all steps of a new operation, pending, by one statement. */
  void insertAll(
      @Param("tenantId") UUID tenantId,
      @Param("operationId") UUID operationId,
      @Param("ids") UUID[] ids,
      @Param("names") String[] names);

  /** Ends what has not ended: running steps in one status, pending ones as skipped. */
  int end(
      @Param("operationId") UUID operationId,
      @Param("running") OperationStep.Status running,
      @Param("error") @Nullable String error,
      @Param("now") Instant now);
}
