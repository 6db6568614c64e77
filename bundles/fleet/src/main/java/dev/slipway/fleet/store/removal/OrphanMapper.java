package dev.slipway.fleet.store.removal;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code fleet_orphan}. */
public interface OrphanMapper extends TableMapper<OrphanRow> {
  Table TABLE =
      Table.of(
          "fleet_orphan",
          "id",
          "tenant_id",
          "server_id",
          "machine_id",
          "kind",
          "name",
          "owner_kind",
          "owner_id",
          "reason",
          "status",
          "attempts",
          "last_error",
          "next_attempt_at",
          "command_id",
          "created_at");

  List<OrphanRow> ofServer(UUID server);

  int addAll(@Param("rows") List<OrphanRow> rows);

  List<OrphanRow> due(@Param("now") Instant now, @Param("limit") int limit);

  int adopt(
      @Param("machine") String machine, @Param("server") UUID server, @Param("now") Instant now);

  int sweeping(@Param("id") UUID id, @Param("command") UUID command);

  @Nullable OrphanRow byCommand(UUID command);

  int again(
      @Param("id") UUID id,
      @Param("status") OrphanRow.Status status,
      @Param("error") String error,
      @Param("next") @Nullable Instant next);

  int forget(@Param("server") UUID server, @Param("id") UUID id);

  int forgetFailed(
      @Param("server") UUID server, @Param("kind") OrphanRow.Kind kind, @Param("name") String name);
}
