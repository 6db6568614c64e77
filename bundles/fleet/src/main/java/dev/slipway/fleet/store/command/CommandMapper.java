package dev.slipway.fleet.store.command;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code fleet_command}. */
public interface CommandMapper extends TableMapper<CommandRow> {
  Table TABLE =
      Table.of(
          "fleet_command",
          "id",
          "tenant_id",
          "server_id",
          "type",
          "status",
          "owner",
          "reference_id",
          "app_id",
          "phase",
          "idempotency_key",
          "payload",
          "created_at",
          "deadline_at",
          "dispatched_at",
          "acked_at",
          "finished_at",
          "cancel_asked_at",
          "stream_id",
          "lost_at",
          "result",
          "error");

  int insertOnce(CommandRow row);

  @Nullable CommandRow byKey(@Param("tenant") UUID tenant, @Param("key") String key);

  List<CommandRow> claim(
      @Param("server") UUID server,
      @Param("stream") UUID stream,
      @Param("now") Instant now,
      @Param("limit") int limit);

  @Nullable CommandRow alive(
      @Param("id") UUID id,
      @Param("server") UUID server,
      @Param("stream") @Nullable UUID stream,
      @Param("acked") @Nullable Instant acked);

  @Nullable CommandRow finish(
      @Param("id") UUID id,
      @Param("server") UUID server,
      @Param("to") CommandStatus to,
      @Param("end") End end);

  int move(
      @Param("id") UUID id,
      @Param("from") CommandStatus from,
      @Param("to") CommandStatus to,
      @Param("end") @Nullable End end);

  int cancelAsked(@Param("id") UUID id, @Param("now") Instant now);

  int noteLost(Instant now);

  List<CommandRow> unsettled(
      @Param("now") Instant now,
      @Param("lostBefore") Instant lostBefore,
      @Param("limit") int limit);

  List<UUID> open(UUID server);

  List<CommandRow> recent(@Param("server") UUID server, @Param("limit") int limit);

  QueueLook queue(UUID server);

  boolean asked(
      @Param("server") UUID server,
      @Param("type") CommandType type,
      @Param("phase") @Nullable String phase,
      @Param("since") @Nullable Instant since);

  List<CommandRow> cancelPending(
      @Param("server") UUID server, @Param("now") Instant now, @Param("error") String error);

  int purge(Instant before);

  /** What stands in a final row. */
  record End(Instant at, @Nullable String result, @Nullable String error) {}
}
