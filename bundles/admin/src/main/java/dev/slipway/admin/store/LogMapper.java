package dev.slipway.admin.store;

import dev.slipway.admin.LogEntry;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code admin_log}. */
public interface LogMapper extends TableMapper<LogEntry> {
  Table TABLE =
      Table.of(
          "admin_log",
          "id",
          "severity",
          "category",
          "message",
          "action",
          "user_id",
          "tenant_id",
          "metadata",
          "created_at");

  /** Adds it, unless there is one with its id. */
  int add(LogEntry entry);

  /** Newest first. */
  List<LogEntry> list(
      @Param("filter") LogFilter filter, @Param("limit") int limit, @Param("offset") int offset);

  /** How many there are; counting stops at the limit. */
  long count(@Param("filter") LogFilter filter, @Param("limit") int limit);

  /** Removes some of the oldest. */
  int deleteBefore(@Param("before") Instant before, @Param("limit") int limit);
}
