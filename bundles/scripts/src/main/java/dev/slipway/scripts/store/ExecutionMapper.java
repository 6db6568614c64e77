package dev.slipway.scripts.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.scripts.Execution;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code scripts_execution}. */
public interface ExecutionMapper extends TableMapper<Execution> {
  Table TABLE =
      Table.of(
          "scripts_execution",
          "id",
          "tenant_id",
          "script_id",
          "script_version",
          "hook",
          "trigger_type",
          "trigger_id",
          "dry_run",
          "event",
          "status",
          "result",
          "error",
          "limit_kind",
          "logs",
          "effects",
          "cpu_ms",
          "wall_ms",
          "started_at");

  /** Newest first. */
  List<Execution> list(
      @Param("scriptId") UUID scriptId,
      @Param("status") @Nullable String status,
      @Param("before") @Nullable UUID before,
      @Param("limit") int limit);

  int insertAll(@Param("rows") String rows);

  int deleteOld(@Param("before") Instant before, @Param("limit") int limit);

  /** Those of scripts that have more than so many. */
  int deleteSurplus(@Param("keep") int keep, @Param("limit") int limit);
}
